# SPDX-License-Identifier: GPL-3.0-or-later
"""`infrastructor --headless` on hundreds of lab hosts: its own processor time and memory, and whether each cycle came."""
import json
import os
import sqlite3
import subprocess
import time

from . import lab
from .common import BenchError, cpu_seconds, end, environment, memory_mib, program, quantile, row, run as run_program, say, thread_cpu


def profile_of(arguments, inventory, interval, name):
    folder = os.path.join(arguments.work, name)
    run_program([program(arguments, "bench_profile"), "--profile", folder, "--inventory", arguments.inventory_file, "--interval", str(interval)], arguments)
    return folder


def wait_warm(arguments, logs, process):
    """Until each host was read twice: connected, detected, slow kinds behind it."""
    give_up = time.monotonic() + 60 + 6 * arguments.interval + 0.3 * len(logs.paths)
    while True:
        time.sleep(2)
        if process.poll() is not None:
            raise BenchError(f"the application ended with {process.returncode}")
        logs.read()
        slow = [name for name, times in logs.messages.items() if len(times) < 3]
        if not slow:
            return
        if time.monotonic() > give_up:
            raise BenchError(f"{len(slow)} hosts were not read 3 times, such as {slow[0]}")


def cycles(logs, begin, finish, interval):
    """Cycles due and done between two times: due is one an interval and host; one that came late by half an interval or more is missed."""
    done = missed = extra = 0
    late = []
    for times in logs.messages.values():
        done += sum(begin <= at < finish for at in times)
        before = [at for at in times if at < begin]
        inside = before[-1:] + [at for at in times if begin <= at < finish]
        for earlier, later in zip(inside, inside[1:]):
            turns = round((later - earlier) / interval)
            missed += max(turns - 1, 0)
            extra += turns < 1
            late.append(abs(later - earlier - turns * interval))
        if inside and finish - inside[-1] > 1.5 * interval:
            missed += int((finish - inside[-1]) / interval - 0.5)
    return {"due": len(logs.messages) * round((finish - begin) / interval), "done": done, "missed": missed, "extra": extra,
            "late_p50_s": quantile(late, 0.5), "late_p99_s": quantile(late, 0.99), "late_most_s": max(late, default=0.0)}


def stored_rows(folder, begin, finish):
    """Rows of metrics and of the audit that came in between, but those of this computer."""
    database = sqlite3.connect(f"file:{folder}/infrastructor.db?mode=ro", uri=True)
    try:
        span = (int(begin * 1000), int(finish * 1000))
        metrics = database.execute("SELECT count(*) FROM system_metrics m JOIN devices d ON d.key = m.device WHERE d.id <> 'd_local' "
                                   "AND m.time >= ? AND m.time < ?", span).fetchone()[0]
        return {"metric_rows": metrics}
    finally:
        database.close()


def run(arguments):
    hosts, interval = arguments.hosts, arguments.interval
    inventory = lab.start(arguments, hosts)
    folder = profile_of(arguments, inventory, interval, "fleet")
    logs = lab.Logs(inventory)
    logs.skip()
    errors = open(os.path.join(arguments.work, "headless.err"), "wb")
    began = time.monotonic()
    process = subprocess.Popen([program(arguments, "infrastructor"), "--headless", "--profile", folder], env=environment(arguments),
                               stdin=subprocess.DEVNULL, stdout=errors, stderr=errors)
    try:
        wait_warm(arguments, logs, process)
        say(f"each host was read 3 times after {time.monotonic() - began:.0f} s")
        seconds = (arguments.seconds or (10 if arguments.long else 4) * interval) // interval * interval
        begin, cpu_before, threads_before = time.time(), cpu_seconds(process.pid), thread_cpu(process.pid)
        lab_before = lab_cpu()
        resident = []
        while time.time() < begin + seconds:
            time.sleep(min(2, max(0.0, begin + seconds - time.time())))
            resident.append(memory_mib(process.pid))
        finish, cpu_after, threads_after = time.time(), cpu_seconds(process.pid), thread_cpu(process.pid)
        lab_after = lab_cpu()
        peak = memory_mib(process.pid, "VmHWM")
        time.sleep(2)
        logs.read()
        measured = cycles(logs, begin, begin + seconds, interval)
        time.sleep(3)
        measured.update(stored_rows(folder, begin, begin + seconds))
    finally:
        stop_s = end(process)
        errors.close()
    cpu = 100 * (cpu_after - cpu_before) / (finish - begin)
    measured.update({
        "hosts": hosts, "interval_s": interval, "seconds": seconds, "cpu_percent": cpu, "rss_mib": max(resident), "rss_first_mib": resident[0],
        "rss_last_mib": resident[-1], "rss_peak_mib": peak, "cpu_ms_per_cycle": 1000 * (cpu_after - cpu_before) / max(measured["done"], 1),
        "threads_percent": {name: round(100 * (value - threads_before.get(name, 0)) / (finish - begin), 2) for name, value in threads_after.items()},
        "connections_before": sum(logs.accepts.values()), "misses": logs.misses, "stop_s": stop_s,
        "everything_else_percent": 100 * (lab_after - lab_before) / (finish - begin) - cpu,
    })
    say(json.dumps(measured))
    share = 50 * hosts / 500 * 30 / interval
    rows = [
        row(f"{hosts} hosts every {interval} s for {seconds} s: the application's own processor time",
            f"{cpu:.1f} % of one core ({measured['cpu_ms_per_cycle']:.1f} ms a cycle)", f"< 50 % for 500 hosts every 30 s: < {share:.0f} % here", cpu < share),
        row(f"{hosts} hosts: resident memory", f"{max(resident):.0f} MiB (peak {peak:.0f})", "< 400 MiB", max(resident) < 400),
        row(f"{hosts} hosts: cycles done, by the lab's logs", f"{measured['done']} of {measured['due']} due, {measured['missed']} missed, {measured['extra']} extra",
            "no cycle missed", measured["missed"] == 0 and measured["extra"] == 0, f"{measured['done'] / max(measured['due'], 1):.3f}"),
        row(f"{hosts} hosts: rows of metrics in the store for these cycles", f"{measured['metric_rows']}", None, None,
            f"{measured['metric_rows'] / max(measured['done'], 1):.3f}"),
        row(f"{hosts} hosts: off their beat", f"p50 {1000 * measured['late_p50_s']:.0f}, p99 {1000 * measured['late_p99_s']:.0f} ms"),
        row(f"{hosts} hosts: connections, of one a host", f"{measured['connections_before']}", "one a host", measured["connections_before"] == hosts),
        row(f"{hosts} hosts: SIGTERM to the end", f"{stop_s:.1f} s", "≤ 5 s", stop_s <= 5),
    ]
    return measured, rows


def lab_cpu():
    """Busy seconds of all processors of this machine, ours and everybody's."""
    with open("/proc/stat", encoding="ascii") as file:
        fields = [int(field) for field in file.readline().split()[1:]]
    return (sum(fields[:3]) + sum(fields[5:8])) / os.sysconf("SC_CLK_TCK")


def end_lab(arguments):
    lab.stop(arguments)
