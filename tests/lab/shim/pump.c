// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#include "pump.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void lab_pump_init(struct lab_pump *pump, int from, int to)
{
    pump->from = from;
    pump->to = to;
    pump->length = pump->sent = 0;
    fcntl(from, F_SETFL, fcntl(from, F_GETFL) | O_NONBLOCK);
    fcntl(to, F_SETFL, fcntl(to, F_GETFL) | O_NONBLOCK);
}

void lab_pump_poll(const struct lab_pump *pump, struct pollfd *fds, int index[2], int *count)
{
    index[0] = index[1] = -1;
    if (pump->from >= 0 && pump->length == 0) {
        fds[*count] = (struct pollfd){pump->from, POLLIN, 0};
        index[0] = (*count)++;
    }
    if (pump->to >= 0 && pump->length > 0) {
        fds[*count] = (struct pollfd){pump->to, POLLOUT, 0};
        index[1] = (*count)++;
    }
}

int lab_pump_read(struct lab_pump *pump, const struct pollfd *fds, int index)
{
    if (index < 0 || fds[index].revents == 0)
        return 0;
    const ssize_t got = read(pump->from, pump->data, sizeof pump->data);
    if (got > 0) {
        pump->length = (size_t)got;
        pump->sent = 0;
        return 1;
    }
    if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
        // The end is passed on: a shell that reads its input to the end must see it. Descriptors 0 to 2 are sshd's.
        if (pump->from > 2)
            close(pump->from);
        pump->from = -1;
        if (pump->to > 2) {
            close(pump->to);
            pump->to = -1;
        }
    }
    return 0;
}

void lab_pump_write(struct lab_pump *pump, const struct pollfd *fds, int index)
{
    if (index >= 0 && fds[index].revents == 0)
        return;
    while (pump->to >= 0 && pump->sent < pump->length) {
        const ssize_t wrote = write(pump->to, pump->data + pump->sent, pump->length - pump->sent);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0 && errno == EAGAIN)
            return;
        if (wrote < 0) {
            if (pump->to > 2)
                close(pump->to);
            pump->to = -1; // nobody reads any more: what still comes is dropped
            break;
        }
        pump->sent += (size_t)wrote;
    }
    pump->length = pump->sent = 0;
}

int lab_pump_done(const struct lab_pump *pump)
{
    return pump->from < 0 && pump->length == 0;
}

void lab_pump_close(struct lab_pump *pump)
{
    if (pump->to > 2)
        close(pump->to);
    pump->to = -1;
}

static int wait_writable(int to)
{
    struct pollfd fd = {to, POLLOUT, 0};
    return poll(&fd, 1, 1000) >= 0 && (fd.revents & (POLLERR | POLLHUP)) == 0;
}

void lab_write_noise(int to, size_t length)
{
    char noise[512];
    uint32_t seed = 0x9e3779b9u;
    while (length > 0) {
        const size_t part = length < sizeof noise ? length : sizeof noise;
        for (size_t i = 0; i < part; ++i) {
            seed = seed * 1664525u + 1013904223u;
            noise[i] = (char)(seed >> 24);
        }
        memcpy(noise, "\033[2J\033]0;x\007\r\0\xff\xfe", 14 < part ? 14 : part);
        size_t done = 0;
        while (done < part) {
            const ssize_t wrote = write(to, noise + done, part - done);
            if (wrote > 0)
                done += (size_t)wrote;
            else if (errno != EAGAIN || !wait_writable(to))
                return;
        }
        length -= part;
    }
}

void lab_write_endless(int to, const volatile int32_t *running)
{
    char lines[8192];
    for (size_t i = 0; i < sizeof lines; ++i)
        lines[i] = i % 64 == 63 ? '\n' : 'y';
    while (*running) {
        if (write(to, lines, sizeof lines) < 0 && (errno != EAGAIN || !wait_writable(to)))
            return;
    }
}
