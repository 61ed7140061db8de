// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes from one descriptor to another through a small buffer, without ever blocking.
#ifndef INFRA_LAB_PUMP_H
#define INFRA_LAB_PUMP_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

struct lab_pump
{
    int from, to; ///< -1: closed
    size_t length, sent;
    char data[32768];
};

void lab_pump_init(struct lab_pump *pump, int from, int to);
/// Its entries for poll(); `index` gets the places of reading and writing, -1 where there is none.
void lab_pump_poll(const struct lab_pump *pump, struct pollfd *fds, int index[2], int *count);
/// 1 when something was read.
int lab_pump_read(struct lab_pump *pump, const struct pollfd *fds, int index);
void lab_pump_write(struct lab_pump *pump, const struct pollfd *fds, int index);
/// Nothing will come and nothing is left.
int lab_pump_done(const struct lab_pump *pump);
void lab_pump_close(struct lab_pump *pump);

/// Bytes that are no text: control codes, NUL, invalid UTF-8, escape sequences.
void lab_write_noise(int to, size_t length);
/// Lines without end, until `*running` is 0 or nobody reads any more.
void lab_write_endless(int to, const volatile int32_t *running);

#endif
