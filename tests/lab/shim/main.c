// SPDX-License-Identifier: GPL-3.0-or-later
#include "shim.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int lab_die(const char *what, const char *which)
{
    fprintf(stderr, "lab-shim: %s%s%s: %s\n", what, which != NULL ? " " : "", which != NULL ? which : "", strerror(errno));
    return 126;
}

int main(int argc, char **argv)
{
    const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
    const char *name = slash != NULL ? slash + 1 : (argc > 0 ? argv[0] : "");
    if (strncmp(name, "lab-shim", 8) != 0)
        return lab_applet(argc, argv);
    if (argc == 3 && strcmp(argv[1], "session") == 0)
        return lab_session(argv[2]);
    if (argc > 2 && strcmp(argv[1], "launch") == 0)
        return lab_launch(argc - 2, argv + 2);
    fprintf(stderr, "usage: lab-shim session HOSTDIR | launch [--bind FROM TO]... PROGRAM [ARGUMENT]...\n");
    return 2;
}
