// SPDX-License-Identifier: GPL-3.0-or-later
// The lab's one helper program. Its roles:
//   lab-shim launch [--bind FROM TO]… PROGRAM ARGUMENT…   a private mount namespace, then the program (same pid)
//   lab-shim session HOSTDIR                              ForceCommand of a host's sshd: stands between it and the
//   shell, counts anything else (name of a command)                     inside a recorded host: answers from the record
//   or runs BusyBox
// One static C program, so that a session costs a page or two and no interpreter starts between sshd and the shell.
#ifndef INFRA_LAB_SHIM_H
#define INFRA_LAB_SHIM_H

#include <stddef.h>
#include <stdint.h>

#define LAB_MAGIC 0x3142414cu /* "LAB1" */

/// The file HOSTDIR/state, shared with the lab's supervisor (infralab/state.py has the same layout).
struct lab_state
{
    uint32_t magic, version;
    int64_t clock_offset_ms;
    int32_t slow_ms, endless, garbage;
    uint32_t next_conn;
    char unused[4096 - 32];
    uint32_t conn[65536]; ///< by the client's port: number of the connection * 2 + 1 when its accept is in the log
    uint16_t chan[65536]; ///< by the client's port: channels so far
};

/// Maps a state file; NULL when it is not one.
struct lab_state *lab_state_open(const char *path, int writable, int *fd_out);
/// Number of the connection from this client port and of a new channel on it.
void lab_state_channel(struct lab_state *state, int fd, unsigned port, unsigned *conn, unsigned *chan);

/// One line of log.jsonl, appended whole.
struct lab_event
{
    const char *name;
    long conn, chan;   ///< below 0: null
    char *const *argv; ///< NULL: none
    int argc;
    long bytes; ///< below 0: none
    int miss;   ///< below 0: not told
    int pty;
};
void lab_log(int fd, const struct lab_event *event);

int lab_session(const char *hostdir);
int lab_applet(int argc, char **argv);
int lab_launch(int argc, char **argv);
int lab_die(const char *what, const char *which);

#endif
