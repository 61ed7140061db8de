// SPDX-License-Identifier: GPL-3.0-or-later
// Stands between sshd and the shell of one channel: counts requests, logs, and plays the faults that a host can have.
#define _GNU_SOURCE
#include "shim.h"
#include "pump.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_WORDS = 250 };

/// HOSTDIR/session: one setting a line. E NAME=VALUE, C folder, A argument, R (a recorded host).
struct plan
{
    char *argv[MAX_WORDS + 4];
    int argc, recorded;
    const char *folder;
    char *env[MAX_WORDS];
    int envc;
};

struct session
{
    struct lab_state *state;
    int log, log_argc;
    unsigned conn, chan;
    long pending;   ///< bytes of the request that is not answered yet
    int answered;   ///< output was seen since the last input
    int recorded;
    char *command;
};

static void log_event(const struct session *session, const char *name, char *const *argv, int argc, long bytes, int miss, int pty)
{
    const struct lab_event event = {name, session->conn, session->chan, argv, argc, bytes, miss, pty};
    if (session->log >= 0)
        lab_log(session->log, &event);
}

static char *read_whole(const char *path)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    char *text = fd < 0 ? NULL : malloc(65536);
    size_t size = 0;
    ssize_t got;
    while (text != NULL && size < 65535 && (got = read(fd, text + size, 65535 - size)) > 0)
        size += (size_t)got;
    if (text != NULL)
        text[size] = 0;
    if (fd >= 0)
        close(fd);
    return text;
}

static int read_plan(const char *hostdir, const struct session *session, struct plan *plan)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/session", hostdir);
    char *text = read_whole(path);
    if (text == NULL)
        return 0;
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        char *value = line + 2;
        if (line[0] == 'R')
            plan->recorded = 1;
        else if (line[0] == 'C')
            plan->folder = value;
        else if (line[0] == 'E' && plan->envc < MAX_WORDS)
            plan->env[plan->envc++] = value;
        else if (line[0] == 'A' && plan->argc < MAX_WORDS)
            plan->argv[plan->argc++] = strcmp(value, "@ID@") == 0 ? strdup("") : value;
    }
    for (int i = 0; i < plan->argc; ++i) {
        if (plan->argv[i][0] == 0 && asprintf(&plan->argv[i], "%u.%u", session->conn, session->chan) < 0)
            return 0;
    }
    return plan->argc > 0;
}

static void become_shell(const struct plan *plan)
{
    char *kept[8];
    int keptc = 0;
    const char *const names[] = {"SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "TERM"};
    for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
        if (getenv(names[i]) != NULL && asprintf(&kept[keptc], "%s=%s", names[i], getenv(names[i])) > 0)
            ++keptc;
    }
    clearenv();
    for (int i = 0; i < keptc; ++i)
        putenv(kept[i]);
    for (int i = 0; i < plan->envc; ++i)
        putenv(plan->env[i]);
    if (plan->folder != NULL && chdir(plan->folder) != 0)
        perror("lab-shim: chdir");
    signal(SIGPIPE, SIG_DFL);
    execv(plan->argv[0], plan->argv);
    _exit(lab_die("exec", plan->argv[0]));
}

/// lab stop finds sessions by this list, also after a crash of the supervisor.
static void record_self(const char *hostdir)
{
    char path[4096], line[128];
    char *stat = read_whole("/proc/self/stat");
    char *at = stat != NULL ? strrchr(stat, ')') : NULL;
    for (int field = 2; at != NULL && field < 22; ++field)
        at = strchr(at + 1, ' ');
    snprintf(path, sizeof path, "%s/sessions", hostdir);
    const int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (fd >= 0 && at != NULL) {
        const int length = snprintf(line, sizeof line, "%d %lld session\n", getpid(), atoll(at + 1));
        if (write(fd, line, (size_t)length) != length)
            perror("lab-shim: sessions");
    }
    if (fd >= 0)
        close(fd);
    free(stat);
}

static void sleep_ms(long milliseconds)
{
    const struct timespec wait = {milliseconds / 1000, (milliseconds % 1000) * 1000000};
    if (milliseconds > 0)
        nanosleep(&wait, NULL);
}

/// Called with what the host is about to say, before the client gets it.
static void before_output(struct session *session)
{
    if (session->pending > 0)
        log_event(session, "message", NULL, 0, session->pending, -1, 0);
    session->pending = 0;
    if (!session->answered && session->state != NULL) {
        sleep_ms(session->state->slow_ms);
        if (session->state->garbage)
            lab_write_noise(1, 4096);
        if (session->state->endless)
            lab_write_endless(1, &session->state->endless);
    }
    session->answered = 1;
}

/// A command that the host does not have at all never reaches the shim: the shell's own words tell. They come in pieces.
static void look_for_misses(struct session *session, const struct lab_pump *err)
{
    static char line[512];
    static size_t length;
    static const char mark[] = ": not found";
    for (size_t i = 0; i < err->length; ++i) {
        if (err->data[i] != '\n') {
            if (length < sizeof line - 1)
                line[length++] = err->data[i];
            continue;
        }
        line[length] = 0;
        if (length > sizeof mark && strcmp(line + length - (sizeof mark - 1), mark) == 0) {
            line[length - (sizeof mark - 1)] = 0;
            char *word = strrchr(line, ' ');
            char *const argv[] = {word != NULL ? word + 1 : line, NULL};
            log_event(session, "argv", argv, 1, -1, 1, 0);
        }
        length = 0;
    }
}

static int pump_all(struct session *session, struct lab_pump *in, struct lab_pump *out, struct lab_pump *err)
{
    while (!lab_pump_done(out) || !lab_pump_done(err)) {
        struct pollfd fds[7];
        int index[6];
        int count = 0;
        struct lab_pump *pumps[] = {in, out, err};
        for (int i = 0; i < 3; ++i)
            lab_pump_poll(pumps[i], fds, index + 2 * i, &count);
        fds[count] = (struct pollfd){1, 0, 0}; // only for its error: the client is gone
        const int client = count++;
        if (poll(fds, (nfds_t)count, -1) < 0) {
            if (errno == EINTR)
                continue;
            return 0;
        }
        const size_t before = in->length;
        if (lab_pump_read(in, fds, index[0])) {
            session->pending += (long)(in->length - before);
            session->answered = 0;
        }
        if (lab_pump_read(out, fds, index[2]))
            before_output(session);
        if (lab_pump_read(err, fds, index[4])) {
            before_output(session);
            if (session->recorded)
                look_for_misses(session, err);
        }
        for (int i = 0; i < 3; ++i)
            lab_pump_write(pumps[i], fds, index[2 * i + 1]);
        if ((fds[client].revents & (POLLERR | POLLHUP)) != 0)
            return 0;
    }
    return 1;
}

static int run_child(struct session *session, const struct plan *plan)
{
    int in[2], out[2], err[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0)
        return lab_die("pipe", NULL);
    const pid_t child = fork();
    if (child < 0)
        return lab_die("fork", NULL);
    if (child == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        dup2(err[1], 2);
        become_shell(plan);
    }
    close(in[0]);
    close(out[1]);
    close(err[1]);
    static struct lab_pump to_shell, from_out, from_err;
    lab_pump_init(&to_shell, 0, in[1]);
    lab_pump_init(&from_out, out[0], 1);
    lab_pump_init(&from_err, err[0], 2);
    const int whole = pump_all(session, &to_shell, &from_out, &from_err);
    lab_pump_close(&to_shell);
    close(out[0]);
    close(err[0]);
    if (session->pending > 0)
        log_event(session, "message", NULL, 0, session->pending, -1, 0);
    int status = 0;
    // Where the client went away the child lives on, as under a plain sshd; a recorded host's sandbox ends with us.
    if (!whole) {
        log_event(session, "close", NULL, 0, -1, -1, 0);
        _exit(255);
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (!session->answered && session->state != NULL)
        sleep_ms(session->state->slow_ms);
    log_event(session, "close", NULL, 0, -1, -1, 0);
    if (WIFSIGNALED(status)) {
        signal(WTERMSIG(status), SIG_DFL);
        kill(getpid(), WTERMSIG(status));
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

int lab_session(const char *hostdir)
{
    struct session session = {NULL, -1, 0, 0, 0, 0, 0, 0, getenv("SSH_ORIGINAL_COMMAND")};
    char path[4096];
    int state_fd = -1;
    signal(SIGPIPE, SIG_IGN);
    snprintf(path, sizeof path, "%s/state", hostdir);
    session.state = lab_state_open(path, 1, &state_fd);
    const char *connection = getenv("SSH_CONNECTION");
    unsigned port = 0;
    if (connection != NULL && sscanf(connection, "%*s %u", &port) == 1 && session.state != NULL)
        lab_state_channel(session.state, state_fd, port, &session.conn, &session.chan);
    snprintf(path, sizeof path, "%s/log.jsonl", hostdir);
    session.log = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    record_self(hostdir);
    static struct plan plan;
    if (!read_plan(hostdir, &session, &plan))
        return lab_die("cannot read the session's plan in", hostdir);
    session.recorded = plan.recorded;
    char *const command[] = {session.command, NULL};
    const int pty = isatty(0);
    log_event(&session, "exec", command, session.command != NULL ? 1 : 0, 0, -1, pty);
    if (session.command != NULL) {
        plan.argv[plan.argc++] = strdup("-c");
        plan.argv[plan.argc++] = session.command;
    }
    plan.argv[plan.argc] = NULL;
    if (pty)
        become_shell(&plan); // a terminal is passed through as it is, and not counted
    return run_child(&session, &plan);
}
