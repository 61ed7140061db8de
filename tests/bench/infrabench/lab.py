# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's hosts as a benchmark sees them: started once for all parts, counted by the lab's own logs."""
import calendar
import json
import os
import subprocess
import time

from .common import ROOT, BenchError, environment, say

PROGRAM = os.path.join(ROOT, "tests", "lab", "lab")


def lab_words(arguments, *words):
    return ["/usr/bin/python3", PROGRAM, words[0], "--dir", os.path.join(arguments.work, "lab"), *words[1:]]


def start(arguments, hosts):
    """The inventory. A lab of another size is ended first."""
    inventory = getattr(arguments, "inventory", None)
    if inventory and len(inventory["hosts"]) == hosts:
        return inventory
    stop(arguments)
    shim = os.path.join(arguments.bin, "lab-shim")
    began = time.monotonic()
    done = subprocess.run(lab_words(arguments, "start", "-n", str(hosts)), env=environment(arguments, INFRA_LAB_SHIM=shim),
                          capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise BenchError(f"the lab does not start: {done.stderr.strip()[-400:]}")
    arguments.inventory = json.loads(done.stdout)
    arguments.inventory_file = os.path.join(arguments.work, "inventory.json")
    with open(arguments.inventory_file, "w", encoding="utf-8") as file:
        file.write(done.stdout)
    arguments.lab_start_s = time.monotonic() - began
    say(f"{hosts} hosts listen after {arguments.lab_start_s:.0f} s")
    return arguments.inventory


def stop(arguments):
    if getattr(arguments, "inventory", None) is None:
        return
    arguments.inventory = None
    for _ in range(3):
        done = subprocess.run(lab_words(arguments, "stop"), env=environment(arguments), capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
    raise BenchError(f"the lab does not end: {done.stderr.strip()[-400:]}")


def when(text):
    """Seconds since 1970 of the lab's time stamps."""
    return calendar.timegm(time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S")) + float(text[19:-1])


class Logs:
    """The events of all hosts, read on from where the last reading ended."""

    def __init__(self, inventory):
        self.paths = {host["name"]: host["log"] for host in inventory["hosts"]}
        self.offsets = dict.fromkeys(self.paths, 0)
        self.messages = {name: [] for name in self.paths}  # times
        self.accepts = dict.fromkeys(self.paths, 0)
        self.misses = 0

    def skip(self):
        """What was until now is of no interest."""
        for name, path in self.paths.items():
            self.offsets[name] = os.path.getsize(path)

    def read(self):
        for name, path in self.paths.items():
            with open(path, "rb") as file:
                file.seek(self.offsets[name])
                data = file.read()
            data = data[:data.rfind(b"\n") + 1]
            self.offsets[name] += len(data)
            for line in data.splitlines():
                if b'"event":"message"' in line or b'"event": "message"' in line:
                    self.messages[name].append(when(json.loads(line)["t"]))
                elif b'"accept"' in line:
                    self.accepts[name] += 1
                elif b'"miss":true' in line or b'"miss": true' in line:
                    self.misses += 1
