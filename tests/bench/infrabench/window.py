# SPDX-License-Identifier: GPL-3.0-or-later
"""The window: first paint, stalls, changes of page, memory; on a display of its own."""
import json
import os
import subprocess
import time

from . import fleet, lab
from .common import BenchError, end, environment, median, program, row, run as run_program, say

SIZE = "1440x900x24"


class Display:
    """A private Xvfb."""

    def __enter__(self):
        reader, writer = os.pipe()
        try:
            self.process = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", SIZE, "-nolisten", "tcp"], pass_fds=[writer],
                                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except OSError as error:
            raise BenchError(f"no display: {error} (package xvfb)")
        finally:
            os.close(writer)
        with os.fdopen(reader) as said:
            number = said.readline().strip()
        if not number:
            raise BenchError("Xvfb does not start")
        self.name = ":" + number
        return self

    def __exit__(self, *_):
        end(self.process)


def open_window(arguments, display, profile, seconds=0, watch=None):
    """What bench_window says. `watch(pid)` is called while it runs."""
    words = [program(arguments, "bench_window"), "--profile", profile, "--seconds", str(seconds)]
    variables = environment(arguments, DISPLAY=display.name, QT_QPA_PLATFORM="xcb")
    variables["INFRA_BENCH_SPAWNED"] = str(time.monotonic_ns())
    process = subprocess.Popen(words, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        if watch:
            time.sleep(5)
            watch(process.pid)
        out, err = process.communicate(timeout=seconds + 120)
    except subprocess.TimeoutExpired:
        process.kill()
        raise BenchError("bench_window does not end")
    lines = [line for line in out.splitlines() if line.startswith("{")]
    if not lines:
        raise BenchError(f"bench_window ended with {process.returncode}: {err.strip()[-400:]}")
    return json.loads(lines[-1])


def files_of(pid):
    """What the process has mapped or open: programs, libraries, fonts, the database."""
    found = set()
    with open(f"/proc/{pid}/maps", encoding="utf-8", errors="replace") as file:
        for line in file:
            path = line.split(maxsplit=5)[-1].strip()
            if path.startswith("/"):
                found.add(path)
    for name in os.listdir(f"/proc/{pid}/fd"):
        path = os.readlink(f"/proc/{pid}/fd/{name}")
        if path.startswith("/"):
            found.add(path)
    return {path for path in found if os.path.isfile(path) and not path.startswith(("/proc", "/dev", "/memfd"))}


def evict(paths):
    """Asks the kernel to forget these files' pages. It keeps what another process has mapped."""
    for path in paths:
        try:
            descriptor = os.open(path, os.O_RDONLY)
        except OSError:
            continue
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)


def paints(arguments, display, profile, files, times):
    """First paint cold and warm, in turn: medians in ms."""
    cold, warm = [], []
    profile_files = [os.path.join(folder, name) for folder, _, names in os.walk(profile) for name in names]
    os.sync()
    for _ in range(times):
        evict(list(files) + profile_files)
        cold.append(open_window(arguments, display, profile))
        warm.append(open_window(arguments, display, profile))
    return {"cold_ms": median([one["first_paint_ms"] for one in cold]), "warm_ms": median([one["first_paint_ms"] for one in warm]),
            "warm_best_ms": min(one["first_paint_ms"] for one in warm), "warm_cpu_s": median([one["first_paint_cpu_s"] for one in warm]),
            "cold_all_ms": [round(one["first_paint_ms"]) for one in cold], "warm_all_ms": [round(one["first_paint_ms"]) for one in warm],
            "warm_main_ms": median([one["main_ms"] for one in warm]), "devices": warm[0]["devices"]}


def copy_without_readings(arguments, name, *options):
    folder = os.path.join(arguments.work, name)
    run_program([program(arguments, "bench_profile"), "--profile", folder, "--idle", *options], arguments, timeout=3600)
    return folder


def use_rows(used, devices):
    gui, engine, pages = used["gui"], used["engine"], used["pages"]
    return [
        row(f"{devices} devices, every page in turn for {used['seconds']:.0f} s: GUI thread silent > 50 ms",
            f"{gui['own_stalls']} by its own work (longest {gui['longest_own_ms']:.0f} ms), {gui['stalls']} with the waits for a processor "
            f"(longest {gui['longest_ms']:.0f} ms); watchdog {used['watchdog']}", "none", gui["own_stalls"] == 0),
        row(f"{devices} devices: engine thread silent > 50 ms", f"{engine['own_stalls']} by its own work (longest {engine['longest_own_ms']:.0f} ms), "
            f"{engine['stalls']} with the waits (longest {engine['longest_ms']:.0f} ms)", "none", engine["own_stalls"] == 0),
        row(f"{devices} devices: from a click to the painted page", f"p50 {pages['median_ms']:.0f}, p95 {pages['p95_ms']:.0f}, worst {pages['worst_ms']:.0f} ms"),
        row(f"{devices} devices: resident memory with the window", f"{used['rss_kib'] / 1024:.0f} MiB (its own {used['rss_anonymous_kib'] / 1024:.0f}, "
            f"peak {used['rss_peak_kib'] / 1024:.0f})", "< 400 MiB", used["rss_kib"] < 400 * 1024),
        row(f"{devices} devices: processor time with the window in use", f"{used['cpu_percent']:.0f} % of one core"),
    ]


def paint_rows(painted, what, limit):
    return [row(f"first paint, {what}", f"{painted['warm_ms']:.0f} ms warm ({1000 * painted['warm_cpu_s']:.0f} ms of processor), {painted['cold_ms']:.0f} ms cold",
                f"< {limit} ms", painted["warm_ms"] < limit, f"cold {painted['cold_ms'] / painted['warm_ms']:.2f} × warm")]


def run(arguments):
    seconds = arguments.seconds or (300 if arguments.long else 60)
    times = 5 if arguments.long else 3
    measured, rows, files = {}, [], set()
    with Display() as display:
        empty = os.path.join(arguments.work, "empty")
        os.makedirs(empty)
        open_window(arguments, display, empty, 8, lambda pid: files.update(files_of(pid)))
        measured["paint_empty"] = paints(arguments, display, copy_without_readings(arguments, "empty0"), files, times)
        rows += paint_rows(measured["paint_empty"], "a profile with this computer only", 1000)
        for hosts in (arguments.hosts, 6):
            inventory = lab.start(arguments, hosts)
            folder = fleet.profile_of(arguments, inventory, arguments.interval, f"window{hosts}")
            say(f"using the window with {hosts} hosts")
            used = open_window(arguments, display, folder, seconds)
            measured[f"use_{hosts}"] = used
            rows += use_rows(used, used["devices"])
            measured[f"paint_{hosts}"] = paints(arguments, display, folder, files, times)
            rows += paint_rows(measured[f"paint_{hosts}"], f"{measured[f'paint_{hosts}']['devices']} devices that are being read", 1500)
        lab.stop(arguments)
        say("making a year of history of 1000 devices")
        hour_days = 365 if arguments.long else 7
        folder = copy_without_readings(arguments, "thousand", "--invented", "1000", "--days", "365", "--hour-days", str(hour_days))
        measured["thousand_bytes"] = os.path.getsize(os.path.join(folder, "infrastructor.db"))
        measured["paint_1000"] = paints(arguments, display, folder, files, times)
        rows += paint_rows(measured["paint_1000"], f"1000 devices, a year of daily roll-ups, {hour_days} days by the hour ({measured['thousand_bytes'] / 1e9:.1f} GB)", 1500)
    return measured, rows
