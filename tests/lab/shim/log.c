// SPDX-License-Identifier: GPL-3.0-or-later
#include "shim.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct line
{
    char text[60000];
    size_t length;
};

static void put(struct line *line, const char *text, size_t length)
{
    if (line->length + length >= sizeof line->text)
        return;
    memcpy(line->text + line->length, text, length);
    line->length += length;
}

__attribute__((format(printf, 2, 3))) static void put_format(struct line *line, const char *format, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length > 0)
        put(line, text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1);
}

/// Length of the UTF-8 sequence at `at`, 0 when it is not one.
static size_t utf8_length(const unsigned char *at)
{
    const size_t length = at[0] < 0x80 ? 1 : at[0] >= 0xc2 && at[0] < 0xe0 ? 2 : at[0] >= 0xe0 && at[0] < 0xf0 ? 3 : at[0] >= 0xf0 && at[0] < 0xf5 ? 4 : 0;
    for (size_t i = 1; i < length; ++i) {
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    }
    if (length == 3 && ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f)))
        return 0;
    if (length == 4 && ((at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f)))
        return 0;
    return length;
}

static void put_string(struct line *line, const char *text)
{
    enum { LIMIT = 8192 };
    const unsigned char *at = (const unsigned char *)text;
    const size_t start = line->length;
    put(line, "\"", 1);
    while (*at != 0 && line->length - start < LIMIT) {
        const size_t length = utf8_length(at);
        if (*at == '"' || *at == '\\')
            put_format(line, "\\%c", *at);
        else if (*at == '\n')
            put(line, "\\n", 2);
        else if (*at < 0x20 || *at == 0x7f || length == 0)
            put_format(line, "\\u%04x", *at);
        else
            put(line, (const char *)at, length);
        at += length > 0 ? length : 1;
    }
    put(line, "\"", 1);
}

void lab_log(int fd, const struct lab_event *event)
{
    static struct line line;
    line.length = 0;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    struct tm parts;
    gmtime_r(&now.tv_sec, &parts);
    put_format(&line, "{\"t\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ\",\"event\":\"%s\"", parts.tm_year + 1900, parts.tm_mon + 1,
               parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, now.tv_nsec / 1000000, event->name);
    if (event->conn >= 0)
        put_format(&line, ",\"conn\":%ld", event->conn);
    else
        put_format(&line, ",\"conn\":null");
    if (event->chan >= 0)
        put_format(&line, ",\"chan\":%ld", event->chan);
    else
        put_format(&line, ",\"chan\":null");
    if (event->argv != NULL) {
        put_format(&line, ",\"argv\":[");
        for (int i = 0; i < event->argc && line.length < sizeof line.text - 10000; ++i) {
            if (i > 0)
                put(&line, ",", 1);
            put_string(&line, event->argv[i]);
        }
        put(&line, "]", 1);
    }
    if (event->bytes >= 0)
        put_format(&line, ",\"bytes\":%ld", event->bytes);
    if (event->miss >= 0)
        put_format(&line, ",\"miss\":%s", event->miss ? "true" : "false");
    if (event->pty)
        put_format(&line, ",\"pty\":true");
    put(&line, "}\n", 2);
    // One write in append mode: lines of several processes never mix.
    if (write(fd, line.text, line.length) < 0)
        return;
}
