# SPDX-License-Identifier: GPL-3.0-or-later
"""The process behind a running lab: starts the hosts, reads their logs, moves their counters, plays faults."""
import ctypes
import os
import selectors
import signal
import time
import traceback

from . import control, procs, truth
from .common import LabError, read_json, write_json
from .faults import Faults
from .running import RunningHost
from .watch import Watcher

PR_SET_CHILD_SUBREAPER = 36
TICK = 1.0   # counters of each host go on so often …
REST = 4     # … unless there are so many hosts that moving them would take more than one part in REST + 1 of the time


class Later:
    """Work for a later moment of the loop."""

    def __init__(self):
        self.entries = []

    @staticmethod
    def now():
        return time.monotonic()

    def __call__(self, seconds, work):
        self.entries.append((time.monotonic() + seconds, work))

    def run(self):
        due = [entry for entry in self.entries if entry[0] <= time.monotonic()]
        for entry in due:
            self.entries.remove(entry)
            entry[1]()


class Supervisor:
    def __init__(self, folder, hosts, sshd):
        self.folder = folder
        self.selector = selectors.DefaultSelector()
        self.later = Later()
        pids = os.path.join(folder, "pids")
        self.running = {}
        self.faults = {}
        for host in hosts:
            running = RunningHost(host, sshd, pids)
            self.running[host.name] = running
            self.faults[host.name] = Faults(running, lambda running=running: self.respawn(running), self.later)
        self.watcher = Watcher()
        self.stopping = False

    def register(self, pipe, running):
        self.selector.register(pipe, selectors.EVENT_READ, lambda: self.read_log(pipe, running))

    def read_log(self, pipe, running):
        if not running.read_log():
            self.selector.unregister(pipe)
            os.close(pipe)

    def start(self):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        procs.record(os.path.join(self.folder, "pids"), os.getpid(), "supervisor")
        self.server = control.listen(self.folder)
        self.selector.register(self.server, selectors.EVENT_READ, self.serve)
        self.selector.register(self.watcher, selectors.EVENT_READ, self.read_writes)
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "stopping", True))
        facts = truth.real_host() if any(running.host.real for running in self.running.values()) else None
        for running in self.running.values():
            if running.host.real:
                running.write_truth(facts)
                for name in ("home", "tmp", "root"):
                    self.watcher.add(running.host.file(name), running)
            running.spawn(self.register)
        self.wait_listening(list(self.running.values()))
        self.write_inventory()

    def wait_listening(self, hosts):
        give_up = time.monotonic() + 10 + 0.1 * len(hosts)
        while not all(running.listening for running in hosts):
            self.turn(0.05)
            for running in hosts:
                if not running.listening and not procs.is_alive(running.pid, running.start):
                    running.read_log()
                    said = open(running.host.file("sshd.log"), encoding="utf-8", errors="replace").read().strip()
                    raise LabError(f"the sshd of {running.host.name} ended: {said[-400:] or 'it said nothing'}")
            if time.monotonic() > give_up:
                raise LabError("the hosts' sshds do not listen in time")

    def write_inventory(self):
        """D/inventory.json, what `lab start` prints. A host that is down keeps its last pid."""
        path = os.path.join(self.folder, "inventory.json")
        base = read_json(os.path.join(self.folder, "lab.json"))
        before = {entry["name"]: entry for entry in read_json(path)["hosts"]} if os.path.exists(path) else {}
        entries = []
        for running in self.running.values():
            entry = running.host.entry(running.pid or before.get(running.host.name, {}).get("pid"))
            entry["host_key"] = before.get(running.host.name, entry)["host_key"]  # what a client was told first
            entries.append(entry)
        base["hosts"] = entries
        write_json(path, base)

    def respawn(self, running):
        if running.pid is not None or self.stopping:
            return
        running.spawn(self.register)
        self.wait_listening([running])
        self.write_inventory()

    def serve(self):
        client, _ = self.server.accept()
        control.serve(client, self.handle)

    def find(self, word):
        for name, running in self.running.items():
            if word in (name, running.host.hostname):
                return name
        raise LabError(f"no host {word!r} in this lab", 2)

    def handle(self, request):
        try:
            if request.get("do") == "fault":
                name = self.find(request["host"])
                more = self.faults[name].apply(request["words"])
                self.refresh_stalled(name)
                return {"ok": True, "host": name, "active": self.faults[name].active, **more}
            if request.get("do") == "status":
                return {"ok": True, "pid": os.getpid(), "hosts": [self.status(name) for name in self.running]}
            if request.get("do") == "stop":
                self.stopping = True
                return {"ok": True, "pid": os.getpid()}
            return {"ok": False, "error": "unknown request", "status": 2}
        except LabError as error:
            return {"ok": False, "error": str(error), "status": error.status}
        except Exception as error:  # told to the caller, kept for the person who mends it
            traceback.print_exc()
            return {"ok": False, "error": f"{type(error).__name__}: {error}", "status": 1}

    def refresh_stalled(self, name):
        """A stalled host's own socket joins the loop."""
        faults = self.faults[name]
        for key in list(self.selector.get_map().values()):
            if key.data == faults.take_stalled:
                self.selector.unregister(key.fileobj)
        if faults.stalled is not None:
            self.selector.register(faults.stalled, selectors.EVENT_READ, faults.take_stalled)

    def status(self, name):
        running = self.running[name]
        return {"name": name, "hostname": running.host.hostname, "pid": running.pid, "listening": running.listening,
                "connections": len(running.live), "faults": self.faults[name].active}

    def read_writes(self):
        for running, path, what in self.watcher.read():
            running.log.write("write", path=path, what=what)

    def turn(self, seconds):
        for key, _ in self.selector.select(seconds):
            key.data()
        self.later.run()
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass

    def run(self):
        # One host at a time: with hundreds of them a round of all would keep their logs waiting.
        moving = [running.moving for running in self.running.values() if running.moving]
        at = 0
        next_tick = time.monotonic()
        while not self.stopping:
            pause = next_tick - time.monotonic() if moving else TICK
            if self.later.entries:
                pause = min(pause, 0.05)
            self.turn(max(0.0, pause))
            now = time.monotonic()
            if moving and now >= next_tick:
                moving[at].tick(now)
                at = (at + 1) % len(moving)
                ended = time.monotonic()
                next_tick = max(next_tick + TICK / len(moving), ended + REST * (ended - now))
        self.end_all()

    def end_all(self):
        everything = {}
        for running in self.running.values():
            everything.update(running.processes())
        everything.update(procs.descendants([os.getpid()]))
        procs.end(everything)
