# SPDX-License-Identifier: GPL-3.0-or-later
"""Files made or changed below folders, by inotify."""
import ctypes
import ctypes.util
import os
import struct

MODIFY, CLOSE_WRITE, MOVED_TO, CREATE, DELETE = 0x2, 0x8, 0x80, 0x100, 0x200
IS_FOLDER = 0x40000000


class Watcher:
    def __init__(self):
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.descriptor = self.libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        self.places = {}

    def fileno(self):
        return self.descriptor

    def add(self, folder, tag):
        """Watches a folder and what is below it; events come with `tag`."""
        mask = CLOSE_WRITE | MOVED_TO | CREATE | DELETE
        number = self.libc.inotify_add_watch(self.descriptor, os.fsencode(folder), mask)
        if number < 0:
            return
        self.places[number] = (folder, tag)
        for entry in os.scandir(folder):
            if entry.is_dir(follow_symlinks=False):
                self.add(entry.path, tag)

    def read(self):
        """[(tag, path, what)] since the last call."""
        events = []
        try:
            data = os.read(self.descriptor, 65536)
        except BlockingIOError:
            return events
        at = 0
        while at + 16 <= len(data):
            number, mask, _, length = struct.unpack_from("<iIII", data, at)
            name = os.fsdecode(data[at + 16:at + 16 + length].rstrip(b"\0"))
            at += 16 + length
            folder, tag = self.places.get(number, (None, None))
            if folder is None or not name:
                continue
            path = os.path.join(folder, name)
            what = "deleted" if mask & DELETE else "made" if mask & CREATE else "changed"
            events.append((tag, path, what))
            if mask & CREATE and mask & IS_FOLDER:
                self.add(path, tag)
        return events
