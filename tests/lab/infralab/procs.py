# SPDX-License-Identifier: GPL-3.0-or-later
"""Processes are named by pid and start time, so that a number used again is never taken for one of ours."""
import os
import signal
import time


def read_stat(pid):
    """(ppid, start time, state) of a process, None when it is gone."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            text = file.read()
    except OSError:
        return None
    fields = text[text.rindex(b")") + 2:].split()
    return int(fields[1]), int(fields[19]), fields[0].decode()


def start_time(pid):
    found = read_stat(pid)
    return found[1] if found and found[2] not in "ZX" else None


def is_alive(pid, start):
    return start_time(pid) == start


def record(path, pid, what):
    start = start_time(pid)
    if start is not None:
        with open(path, "a", encoding="ascii") as file:
            file.write(f"{pid} {start} {what}\n")
    return start


def recorded(path):
    """[(pid, start, what)] that are still the processes that were recorded."""
    found = []
    try:
        with open(path, encoding="ascii") as file:
            lines = file.read().splitlines()
    except OSError:
        return found
    for line in lines:
        words = line.split()
        if len(words) == 3 and is_alive(int(words[0]), int(words[1])):
            found.append((int(words[0]), int(words[1]), words[2]))
    return found


def descendants(roots):
    """{pid: start} of these processes' children, grandchildren …, the roots not included."""
    children = {}
    starts = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            found = read_stat(int(name))
            if found and found[2] not in "ZX":
                children.setdefault(found[0], []).append(int(name))
                starts[int(name)] = found[1]
    result = {}
    todo = list(roots)
    while todo:
        for child in children.get(todo.pop(), []):
            if child not in result and child not in roots:
                result[child] = starts[child]
                todo.append(child)
    return result


def send(processes, number):
    for pid, start in processes.items():
        if is_alive(pid, start):
            try:
                os.kill(pid, number)
            except OSError:
                pass


def end(processes, seconds=20.0):
    """Asks them to end, then makes them. True when none is left."""
    send(processes, signal.SIGCONT)
    send(processes, signal.SIGTERM)
    give_up = time.monotonic() + seconds
    hard = time.monotonic() + min(1.0, seconds / 3)
    while True:
        left = {pid: start for pid, start in processes.items() if is_alive(pid, start)}
        if not left:
            return True
        if time.monotonic() > give_up:
            return False
        if time.monotonic() > hard:
            send(left, signal.SIGKILL)
        time.sleep(0.01)
