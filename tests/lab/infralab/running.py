# SPDX-License-Identifier: GPL-3.0-or-later
"""A host while the lab runs: its sshd, what that says, its counters."""
import os
import time
import uuid

from . import procs, sshdlog
from .common import EventLog, write_file, write_json
from .moving import Moving
from .recorded import RecordedRoot
from .state import State


class RunningHost:
    def __init__(self, host, sshd, pids_file):
        self.host = host
        self.sshd = sshd
        self.pids_file = pids_file
        self.log = EventLog(host.file("log.jsonl"))
        self.state = State(host.file("state"))
        self.sshd_log = open(host.file("sshd.log"), "ab", buffering=0)
        self.live = {}      # client port: number of the connection
        self.pid = None
        self.start = None
        self.pipe = None
        self.listening = False
        self.rest = b""
        self.moving = None
        self.recorded_root = None
        if not host.real:
            self.recorded_root = RecordedRoot(host.recording, host.file("root"))
            if host.recording.moving:
                self.moving = Moving(host.file("root"), host.recording.moving)
            offset = host.recording.host.get("clock_offset_s", 0)
            if offset:
                self.state.set_clock(offset)

    def spawn(self, register):
        """Starts its sshd; `register` gets the pipe that it writes its log to."""
        reader, writer = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        os.set_blocking(writer, True)
        place = self.host.place
        words = [self.host.file("lab-shim"), "launch"] + self.host.account.launch(self.host.folder, self.host.real)
        words += [self.sshd, "-D", "-e", "-f", place + "/sshd_config"]
        actions = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0),
                   (os.POSIX_SPAWN_DUP2, writer, 2)]
        self.listening = False
        self.pid = os.posix_spawn(words[0], words, {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}, file_actions=actions, setpgroup=0,
                                  setsigdef=[13])
        os.close(writer)
        self.start = procs.record(self.pids_file, self.pid, "sshd")
        self.pipe = reader
        self.rest = b""
        register(reader, self)

    def read_log(self):
        """False at the end of the pipe."""
        while True:
            try:
                data = os.read(self.pipe, 65536)
            except BlockingIOError:
                return True
            except OSError:
                return False
            if not data:
                return False
            lines = (self.rest + data).split(b"\n")
            self.rest = lines.pop()
            for line in lines:
                self.take(line.rstrip(b"\r").decode("utf-8", "replace"))

    def take(self, line):
        found = sshdlog.parse(line)
        if found is None:
            if not line.startswith("debug1: "):
                self.sshd_log.write(line.encode() + b"\n")
            return
        self.sshd_log.write(line.encode() + b"\n")
        event, details = found
        port = details.pop("port", None)
        if event == "listening":
            self.listening = True
        elif event == "accept":
            self.accepted(port)
        elif event == "close":
            self.closed(port)
        elif event == "auth":
            self.log.write("auth", self.live.get(port), **details)
        else:
            # sshd does not say which connection asks; with one alive it can be no other.
            only = next(iter(self.live.values())) if len(self.live) == 1 else None
            self.log.write(event, only, **details)

    def accepted(self, port):
        if port in self.live:
            self.closed(port)
        self.live[port] = self.state.accepted(port)
        self.log.write("accept", self.live[port], client_port=port)

    def closed(self, port):
        number = self.live.pop(port, None)
        if number is not None:
            self.state.forget(port)
            self.log.write("close", number)

    def processes(self):
        """{pid: start} of its sshd and all that runs below, and of sessions that have lost it."""
        found = {}
        roots = [pid for pid, _, _ in procs.recorded(self.host.file("sessions"))]
        if self.pid is not None and procs.is_alive(self.pid, self.start):
            roots.append(self.pid)
        for pid in roots:
            start = procs.start_time(pid)
            if start is not None:
                found[pid] = start
        found.update(procs.descendants(roots))
        return found

    def cut(self):
        """Ends its live connections from this side, as a link that drops."""
        sessions = self.processes()
        sessions.pop(self.pid, None)
        procs.send(sessions, 9)
        for port in list(self.live):
            self.closed(port)

    def stop_listening(self):
        if self.pid is not None and procs.is_alive(self.pid, self.start):
            os.kill(self.pid, 18)
            os.kill(self.pid, 15)
            give_up = time.monotonic() + 2
            while procs.is_alive(self.pid, self.start):
                if time.monotonic() > give_up:
                    os.kill(self.pid, 9)
                time.sleep(0.005)
        self.pid = self.start = None
        self.listening = False

    def write_truth(self, truth):
        write_json(self.host.file("truth.json"), truth)

    def reboot_counters(self, now):
        if self.recorded_root is None:
            return
        self.recorded_root.set_boot_time(time.time() + self.host.recording.host.get("clock_offset_s", 0))
        boot_id = self.recorded_root.path("proc/sys/kernel/random/boot_id")
        if os.path.exists(boot_id):
            write_file(boot_id, f"{uuid.uuid4()}\n")
        if self.moving:
            self.moving.reread()
            self.moving.reset(now)
