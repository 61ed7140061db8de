# SPDX-License-Identifier: GPL-3.0-or-later
"""What all parts need: errors, a quiet environment, numbers of a process."""
import os
import signal
import subprocess
import sys
import time

TICK = os.sysconf("SC_CLK_TCK")
ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))


class BenchError(Exception):
    """A part could not be measured; told as one line."""


def say(text):
    print(time.strftime("%H:%M:%S"), "", text, file=sys.stderr, flush=True)


def environment(arguments, **more):
    """Nothing of the user's: no keys, no configuration, no session bus."""
    home, runtime = (os.path.join(arguments.work, name) for name in ("home", "rt"))
    for folder in (home, runtime):
        os.makedirs(folder, mode=0o700, exist_ok=True)
    keep = {name: os.environ[name] for name in ("PATH", "INFRA_LAB_SHIM") if name in os.environ}
    return {**keep, "HOME": home, "XDG_RUNTIME_DIR": runtime, "LANG": "C.UTF-8", "QT_LOGGING_RULES": "qt.qpa.*=false", **more}


def program(arguments, name):
    path = os.path.join(arguments.bin, name)
    if not os.access(path, os.X_OK):
        raise BenchError(f"{path} is not built")
    return path


def run(words, arguments, timeout=900, may_fail=False, **more):
    """Standard output of a program that must succeed; one that also judges what it measures may fail."""
    try:
        done = subprocess.run(words, env=environment(arguments, **more), capture_output=True, text=True, timeout=timeout,
                              stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise BenchError(f"{os.path.basename(words[0])} did not end within {timeout} s")
    if done.returncode != 0 and not may_fail:
        raise BenchError(f"{os.path.basename(words[0])} ended with {done.returncode}: {done.stderr.strip()[-600:]}")
    return done.stdout


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory_mib(pid, name="VmRSS"):
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        for line in file:
            if line.startswith(name + ":"):
                return int(line.split()[1]) / 1024
    return 0.0


def thread_cpu(pid):
    """{thread name: CPU seconds so far}"""
    found = {}
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/stat", encoding="utf-8", errors="replace") as file:
                text = file.read()
        except OSError:
            continue
        name = text[text.index("(") + 1:text.rindex(")")]
        fields = text[text.rindex(")") + 2:].split()
        found[name] = found.get(name, 0.0) + (int(fields[11]) + int(fields[12])) / TICK
    return found


def end(process, patience=20):
    """SIGTERM, and how long the program took to end."""
    began = time.monotonic()
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return time.monotonic() - began


def median(values):
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else 0.0


def quantile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def row(what, measured, figure=None, met=None, ratio=None):
    """A line of the table. `met` None: there is no figure for it."""
    return {"what": what, "measured": measured, "ratio": ratio, "figure": figure, "met": met}
