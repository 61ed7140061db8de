# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong with a host, put on and taken off."""
import os
import re
import shutil
import signal
import socket

from . import keys, procs
from .common import LabError, write_file

WORDS = ("refuse", "stall", "cut", "freeze", "slow", "endless", "garbage", "new-host-key", "max-sessions", "clock", "reboot",
         "disk-full", "clear")

DATE_WRAPPER = """#!/bin/sh
# The lab: this host's clock is off.
for word in "$@"; do
    case $word in
    -d* | --date* | -r* | --reference* | -f* | --file* | -s* | --set*) exec {date} "$@" ;;
    esac
done
exec {date} -d "{offset} seconds" "$@"
"""

DF_WRAPPER = """#!/bin/sh
# The lab: this host's disks are full.
{df} "$@" | awk 'NR == 1 {{ inodes = /Inodes|IUse/; print; next }}
    inodes || $1 ~ /^(tmpfs|devtmpfs|udev|none|shm|efivarfs)$/ {{ print; next }}
    {{ for (i = 2; i <= NF; i++) if ($i ~ /^[0-9]+%$/) {{ $(i - 2) = $(i - 3); $(i - 1) = 0; $i = "100%"; break }} print }}'
"""


def number(words, name):
    if len(words) != 2 or not re.fullmatch(r"[+-]?\d+", words[1]):
        raise LabError(f"fault {name} needs a number", 2)
    return int(words[1])


class Faults:
    """The faults of one running host. `respawn` starts its sshd again and waits until it listens."""

    def __init__(self, running, respawn, later):
        self.running = running
        self.respawn = respawn
        self.later = later
        self.active = []
        self.stalled = None     # the socket that accepts and says nothing
        self.silent = []

    def apply(self, words):
        name = words[0] if words else ""
        if name not in WORDS:
            raise LabError(f"no fault {name!r}; there are: {', '.join(WORDS)}", 2)
        if name not in ("slow", "max-sessions", "clock") and len(words) != 1:
            raise LabError(f"fault {name} takes no argument", 2)
        more = getattr(self, "do_" + name.replace("-", "_"))(words) or {}
        if name == "clear":
            self.active = []
        elif name not in ("cut", "reboot") and name not in self.active:
            self.active.append(name)
        return more

    def do_refuse(self, _):
        self._end_stall()
        self.running.stop_listening()

    def do_stall(self, _):
        self.running.stop_listening()
        if self.stalled is None:
            self.stalled = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            self.stalled.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.stalled.bind((self.running.host.address, self.running.host.port))
            self.stalled.listen(64)
            self.stalled.setblocking(False)

    def take_stalled(self):
        """Called when a client has come to a host that says nothing."""
        try:
            client, address = self.stalled.accept()
        except (BlockingIOError, AttributeError, OSError):
            return
        self.silent.append((client, address[1]))
        self.running.accepted(address[1])

    def do_cut(self, _):
        self.running.cut()

    def do_freeze(self, _):
        procs.send(self.running.processes(), signal.SIGSTOP)

    def do_slow(self, words):
        self.running.state.set_slow(max(0, number(words, "slow")))

    def do_endless(self, _):
        self.running.state.set_endless(True)

    def do_garbage(self, _):
        self.running.state.set_garbage(True)

    def do_new_host_key(self, _):
        host = self.running.host
        if not os.path.exists(host.file("host_key.first")):
            for end in ("", ".pub"):
                shutil.copy2(host.file("host_key" + end), host.file("host_key.first" + end))
        keys.make_key(host.file("host_key"), host.hostname)
        self._reload()
        return {"host_key": keys.fingerprint(host.file("host_key"))}

    def do_max_sessions(self, words):
        self.running.host.max_sessions = max(0, number(words, "max-sessions"))
        self._reload()

    def do_clock(self, words):
        offset = number(words, "clock")
        host = self.running.host
        if host.real:
            self._wrapper("date", DATE_WRAPPER.format(date="/usr/bin/date" if os.path.exists("/usr/bin/date") else "/bin/date",
                                                      offset=f"{offset:+d}") if offset else None)
        else:
            self.running.state.set_clock(offset)

    def do_reboot(self, _):
        running = self.running
        running.cut()  # while its sshd lives: what that has started is found by it
        running.stop_listening()
        running.cut()
        self._end_stall()
        running.reboot_counters(self.later.now())
        self.later(1.0, self.respawn)

    def do_disk_full(self, _):
        self._disk(True)

    def do_clear(self, _):
        running = self.running
        host = running.host
        procs.send(running.processes(), signal.SIGCONT)
        running.state.set_slow(0)
        running.state.set_endless(False)
        running.state.set_garbage(False)
        self._disk(False)
        if host.real:
            self._wrapper("date", None)
        else:
            running.state.set_clock(host.recording.host.get("clock_offset_s", 0))
        changed = host.max_sessions != 10
        host.max_sessions = 10
        if os.path.exists(host.file("host_key.first")):
            for end in ("", ".pub"):
                os.rename(host.file("host_key.first" + end), host.file("host_key" + end))
            changed = True
        self._end_stall()
        if running.pid is None:
            host.write_config()
            self.respawn()
        elif changed:
            self._reload()

    def _reload(self):
        """New key or limit for connections to come; those alive stay."""
        self.running.host.write_config()
        if self.running.pid is not None:
            self.running.stop_listening()
            self.respawn()

    def _end_stall(self):
        for client, port in self.silent:
            client.close()
            self.running.closed(port)
        self.silent = []
        if self.stalled is not None:
            self.stalled.close()
            self.stalled = None

    def _disk(self, full):
        if self.running.host.real:
            self._wrapper("df", DF_WRAPPER.format(df="/usr/bin/df" if os.path.exists("/usr/bin/df") else "/bin/df")
                          if full else None)
        elif self.running.recorded_root.full_disk != full:
            self.running.recorded_root.full_disk = full
            self.running.recorded_root.write_table()

    def _wrapper(self, name, text):
        path = self.running.host.file("bin", name)
        if text is not None:
            write_file(path, text, 0o755)
        elif os.path.exists(path):
            os.unlink(path)
