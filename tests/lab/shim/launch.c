// SPDX-License-Identifier: GPL-3.0-or-later
// Starts a program in a mount namespace of its own: private passwd and shadow without touching /etc.
#define _GNU_SOURCE
#include "shim.h"

#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

int lab_launch(int argc, char **argv)
{
    int at = 0;
    if (argc > 0 && strcmp(argv[0], "--bind") == 0) {
        if (unshare(CLONE_NEWNS) != 0)
            return lab_die("unshare", "mount namespace");
        if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
            return lab_die("mount", "private /");
        while (at + 2 < argc && strcmp(argv[at], "--bind") == 0) {
            if (mount(argv[at + 1], argv[at + 2], NULL, MS_BIND, NULL) != 0)
                return lab_die("bind", argv[at + 1]);
            at += 3;
        }
    }
    if (at >= argc)
        return lab_die("launch", "no program");
    execv(argv[at], argv + at);
    return lab_die("exec", argv[at]);
}
