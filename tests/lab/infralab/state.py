# SPDX-License-Identifier: GPL-3.0-or-later
"""HOSTDIR/state: what the supervisor tells the sessions of a host (faults) and the numbers of its connections.

The layout is that of `struct lab_state` in shim/shim.h.
"""
import fcntl
import mmap
import os
import struct

MAGIC = 0x3142414C
SIZE = 4096 + 65536 * 4 + 65536 * 2
CONNS = 4096
CHANS = CONNS + 65536 * 4


def create(path):
    with open(path, "wb") as file:
        file.write(struct.pack("<IIqiiiI", MAGIC, 1, 0, 0, 0, 0, 1))
        file.truncate(SIZE)


class State:
    def __init__(self, path):
        self.descriptor = os.open(path, os.O_RDWR)
        self.memory = mmap.mmap(self.descriptor, SIZE)

    def _set(self, form, at, value):
        struct.pack_into(form, self.memory, at, value)

    def set_clock(self, seconds):
        self._set("<q", 8, int(seconds * 1000))

    def set_slow(self, milliseconds):
        self._set("<i", 16, milliseconds)

    def set_endless(self, on):
        self._set("<i", 20, 1 if on else 0)

    def set_garbage(self, on):
        self._set("<i", 24, 1 if on else 0)

    def accepted(self, port):
        """The number of a connection that sshd has just accepted from this client port."""
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)
        try:
            at = CONNS + 4 * (port & 0xFFFF)
            entry = struct.unpack_from("<I", self.memory, at)[0]
            if entry and not entry & 1:  # its first session was quicker than sshd's line
                number = entry >> 1
            else:
                number = struct.unpack_from("<I", self.memory, 28)[0]
                self._set("<I", 28, number + 1)
                self._set("<H", CHANS + 2 * (port & 0xFFFF), 0)
            self._set("<I", at, number << 1 | 1)
            return number
        finally:
            fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def number(self, port):
        entry = struct.unpack_from("<I", self.memory, CONNS + 4 * (port & 0xFFFF))[0]
        return entry >> 1 if entry else None

    def forget(self, port):
        """The connection has ended; the port may come again."""
        self._set("<I", CONNS + 4 * (port & 0xFFFF), 0)
