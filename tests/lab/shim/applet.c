// SPDX-License-Identifier: GPL-3.0-or-later
// Inside a recorded host every command's name is this program: it answers as recorded, or becomes the BusyBox applet.
#define _GNU_SOURCE
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LAB_PLACE "/usr/lib/lab/"

/// One recorded answer. The table is a list of NUL-ended strings made by infralab/recorded.py:
/// R flags exit delay_ms stdout stderr argc argument… | A applet | S (sudo allowed)
struct row
{
    int glob, needs_root, exit_status, argc;
    long delay_ms;
    const char *out, *err;
    const char *first; ///< its arguments, one behind the other
};

struct table
{
    char *text;
    size_t size, at;
};

static int table_open(struct table *table)
{
    const int fd = open(LAB_PLACE "table", O_RDONLY | O_CLOEXEC);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) != 0)
        return 0;
    table->text = malloc((size_t)info.st_size + 1);
    table->size = 0;
    table->at = 0;
    ssize_t got;
    while (table->text != NULL && (size_t)info.st_size > table->size
           && (got = read(fd, table->text + table->size, (size_t)info.st_size - table->size)) > 0)
        table->size += (size_t)got;
    close(fd);
    if (table->text != NULL)
        table->text[table->size] = 0;
    return table->text != NULL;
}

static const char *table_next(struct table *table)
{
    if (table->at >= table->size)
        return NULL;
    const char *text = table->text + table->at;
    table->at += strlen(text) + 1;
    return text;
}

static int read_row(struct table *table, struct row *row)
{
    const char *flags = table_next(table), *status = table_next(table), *delay = table_next(table);
    row->out = table_next(table);
    row->err = table_next(table);
    const char *count = table_next(table);
    if (flags == NULL || count == NULL)
        return 0;
    row->glob = strchr(flags, 'g') != NULL;
    row->needs_root = strchr(flags, 'r') != NULL;
    row->exit_status = atoi(status);
    row->delay_ms = atol(delay);
    row->argc = atoi(count);
    row->first = table->text + table->at;
    for (int i = 0; i < row->argc; ++i)
        table_next(table);
    return 1;
}

static int row_fits(const struct row *row, int argc, char *const *argv)
{
    const char *pattern = row->first;
    for (int i = 0; i < row->argc; ++i, pattern += strlen(pattern) + 1) {
        if (row->glob && strcmp(pattern, "**") == 0)
            return 1;
        if (i >= argc)
            return 0;
        const char *word = argv[i];
        if (i == 0 && strrchr(word, '/') != NULL)
            word = strrchr(word, '/') + 1;
        if (row->glob ? fnmatch(pattern, word, 0) != 0 : strcmp(pattern, word) != 0)
            return 0;
    }
    return row->argc == argc;
}

static void copy_out(const char *path, int to)
{
    if (*path == 0)
        return;
    const int from = open(path, O_RDONLY | O_CLOEXEC);
    static char buffer[65536];
    ssize_t got;
    while (from >= 0 && (got = read(from, buffer, sizeof buffer)) > 0) {
        for (ssize_t done = 0; done < got;) {
            const ssize_t wrote = write(to, buffer + done, (size_t)(got - done));
            if (wrote < 0 && errno != EINTR)
                _exit(141); // as a program that SIGPIPE ended
            done += wrote > 0 ? wrote : 0;
        }
    }
    if (from >= 0)
        close(from);
}

static int answer(const struct row *row)
{
    if (row->delay_ms > 0) {
        const struct timespec wait = {row->delay_ms / 1000, (row->delay_ms % 1000) * 1000000};
        nanosleep(&wait, NULL);
    }
    copy_out(row->out, 1);
    copy_out(row->err, 2);
    return row->exit_status;
}

/// `date` of a host whose clock is off: BusyBox prints the time that this host believes.
static void run_shifted_date(int argc, char **argv, long offset_ms)
{
    for (int i = 1; i < argc; ++i) {
        if (argv[i][0] == '-' && strcmp(argv[i], "-u") != 0 && strcmp(argv[i], "-R") != 0 && strncmp(argv[i], "-I", 2) != 0)
            return;
    }
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    static char when[32];
    snprintf(when, sizeof when, "@%lld", ((long long)now.tv_sec * 1000 + now.tv_nsec / 1000000 + offset_ms) / 1000);
    char **words = calloc((size_t)argc + 3, sizeof *words);
    if (words == NULL)
        return;
    words[0] = argv[0];
    words[1] = (char *)"-d";
    words[2] = when;
    memcpy(words + 3, argv + 1, (size_t)(argc - 1) * sizeof *words);
    execv(LAB_PLACE "busybox", words);
}

static void run_applet(int argc, char **argv, const char *name, long offset_ms)
{
    const int shell = strcmp(name, "sh") == 0 || strcmp(name, "ash") == 0;
    if (offset_ms != 0 && strcmp(name, "date") == 0)
        run_shifted_date(argc, argv, offset_ms);
    // The shell is a copy that looks its commands up in PATH; see infralab/tools.py.
    execv(shell ? LAB_PLACE "sh" : LAB_PLACE "busybox", argv);
    _exit(126);
}

int lab_applet(int argc, char **argv)
{
    struct table table;
    if (!table_open(&table))
        return lab_die("cannot read", LAB_PLACE "table");
    struct lab_state *state = lab_state_open(LAB_PLACE "state", 0, NULL);
    const long offset_ms = state != NULL ? (long)state->clock_offset_ms : 0;
    long conn = -1, chan = -1;
    const char *id = getenv("LAB_ID");
    if (id != NULL)
        sscanf(id, "%ld.%ld", &conn, &chan);
    struct lab_event event = {"argv", conn, chan, argv, argc, -1, 0, 0};

    const char *slash = strrchr(argv[0], '/');
    const char *name = slash != NULL ? slash + 1 : argv[0];
    int sudo = 0;
    if (strcmp(name, "sudo") == 0) {
        sudo = 1;
        ++argv;
        --argc;
        while (argc > 0 && argv[0][0] == '-') {
            const int end = strcmp(argv[0], "--") == 0;
            ++argv;
            --argc;
            if (end)
                break;
        }
        slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
        name = argc > 0 ? (slash != NULL ? slash + 1 : argv[0]) : "";
    }
    const int root = sudo || geteuid() == 0;
    struct row found, other, row;
    int have_found = 0, have_other = 0, applet = 0, sudo_allowed = 0;
    const char *kind;
    while ((kind = table_next(&table)) != NULL) {
        if (kind[0] == 'R' && read_row(&table, &row)) {
            if (!row_fits(&row, argc, argv) || (row.needs_root && !root))
                continue;
            if (!have_found && (!sudo || row.needs_root)) {
                found = row;
                have_found = 1;
            } else if (!have_other) {
                other = row;
                have_other = 1;
            }
        } else if (kind[0] == 'A') {
            const char *known = table_next(&table);
            applet = applet || (known != NULL && strcmp(known, name) == 0);
        } else if (kind[0] == 'S') {
            sudo_allowed = 1;
        }
    }
    if (!have_found && have_other) {
        found = other;
        have_found = 1;
    }
    const int refused = sudo && !sudo_allowed && geteuid() != 0;
    event.miss = !refused && !have_found && !applet && argc > 0;
    const int log = open(LAB_PLACE "log", O_WRONLY | O_APPEND | O_CLOEXEC);
    if (log >= 0)
        lab_log(log, &event);
    if (refused) {
        fprintf(stderr, "sudo: a password is required\n");
        return 1;
    }
    if (have_found)
        return answer(&found);
    if (applet) {
        argv[0] = (char *)name;
        run_applet(argc, argv, name, offset_ms);
    }
    fprintf(stderr, "%s: the lab has no recorded answer to this\n", name);
    return 127;
}
