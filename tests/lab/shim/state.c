// SPDX-License-Identifier: GPL-3.0-or-later
#include "shim.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct lab_state *lab_state_open(const char *path, int writable, int *fd_out)
{
    const int fd = open(path, (writable ? O_RDWR : O_RDONLY) | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    struct stat info;
    void *memory = MAP_FAILED;
    if (fstat(fd, &info) == 0 && info.st_size >= (off_t)sizeof(struct lab_state))
        memory = mmap(NULL, sizeof(struct lab_state), PROT_READ | (writable ? PROT_WRITE : 0), MAP_SHARED, fd, 0);
    if (fd_out != NULL)
        *fd_out = fd;
    else
        close(fd);
    if (memory == MAP_FAILED)
        return NULL;
    struct lab_state *state = memory;
    return state->magic == LAB_MAGIC ? state : NULL;
}

void lab_state_channel(struct lab_state *state, int fd, unsigned port, unsigned *conn, unsigned *chan)
{
    port &= 0xffffu;
    flock(fd, LOCK_EX);
    if (state->conn[port] == 0) {
        // The supervisor has not read sshd's "Connection from" line yet: the number is given here, it will take it over.
        state->conn[port] = (state->next_conn++) << 1;
        state->chan[port] = 0;
    }
    *conn = state->conn[port] >> 1;
    *chan = ++state->chan[port];
    flock(fd, LOCK_UN);
}
