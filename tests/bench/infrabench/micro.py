# SPDX-License-Identifier: GPL-3.0-or-later
"""The Google Benchmark programs: their counters become rows of the table."""
import json
import os
import re

from .common import BenchError, program, row, run


def counters(arguments, name, options):
    """{benchmark without its suffixes: counters}"""
    path = os.path.join(arguments.work, name + ".json")
    run([program(arguments, name), f"--benchmark_out={path}", "--benchmark_out_format=json"] + options, arguments)
    with open(path, encoding="utf-8") as file:
        entries = json.load(file)["benchmarks"]
    found = {}
    for entry in entries:
        key = "/".join(part for part in entry["name"].split("/") if not part.startswith(("iterations:", "real_time")))
        found[key] = {"error": entry["error_message"]} if entry.get("error_occurred") else entry
    return found


def day(arguments):
    said = run([program(arguments, "bench_simulated_day")], arguments, may_fail=True)
    found = re.search(r"devices in ([0-9.]+) s", said)
    if not found:
        raise BenchError(f"bench_simulated_day said no time: {said.strip()[-400:]}")
    seconds = float(found.group(1))
    return {"seconds": seconds}, [row("a simulated day of fifty devices, through parsers, rules and database", f"{seconds:.0f} s", "< 60 s", seconds < 60,
                                      f"{86400 / seconds:.0f} × real time")]


def store(arguments):
    found = counters(arguments, "bench_store", [])
    rows = []
    entry = found.get("storeAgainstDriver", {})
    if "ratio" in entry:
        rows.append(row("rows into the store, against the same rows through the raw driver",
                        f"{entry['store_rows_per_s']:.0f} against {entry['raw_rows_per_s']:.0f} rows/s", "≥ 0.7 ×",
                        entry["ratio"] >= 0.7, f"{entry['ratio']:.2f} ×"))
    for days, what in ((30, "dashboard query, 30 days × 100 devices (12 series, 1000 points)"),
                       (365, "range switch to a year, 100 devices (12 series)")):
        entry = found.get(f"rangeSwitch/{days}", {})
        if "p95_ms" in entry:
            limit = 50 if days == 30 else 300
            rows.append(row(what, f"p50 {entry['p50_ms']:.1f}, p95 {entry['p95_ms']:.1f} ms", f"p95 < {limit} ms", entry["p95_ms"] < limit))
    entry = found.get("sparklinesOfAllDevices", {})
    if "real_time" in entry:
        rows.append(row("sparklines of 100 devices, one query", f"{entry['real_time']:.1f} ms"))
    return {"benchmarks": found}, rows


SSH_FIGURES = [
    # benchmark, what, our counter, peer's counter, ratio's counter, figure at 0 ms, figure at 20 ms
    ("registryCycle", "the whole cycle (9 kinds, the same text), against ControlMaster", "ours_ms", "controlmaster_ms", "x_controlmaster", None, None),
    ("registryCycle", "the whole cycle, against a new connection", "ours_ms", "new_connection_ms", "x_new_connection", None, None),
    ("tenFacts", "a batched cycle of 10 facts, against ControlMaster one by one", "ours_batched_ms", "controlmaster_one_by_one_ms", "x_controlmaster", 6, None),
    ("tenFacts", "10 facts batched, against our own execs one by one", "ours_batched_ms", "ours_one_by_one_ms", "x_own_one_by_one", 2, 10),
    ("tenFacts", "10 facts batched, against a new connection each", "ours_batched_ms", "new_connections_ms", "x_new_connections", None, None),
    ("newConnection", "a new connection up to a shell, against OpenSSH's", "ours_ms", "openssh_ms", "x_openssh", None, None),
]


def ssh(arguments):
    seconds = 10 if arguments.long else 2
    found = counters(arguments, "bench_ssh", [f"--benchmark_min_time={seconds}"])
    rows = []
    for link, name in ((0, "loopback"), (20, "20 ms round trip")):
        for benchmark, what, ours, peer, ratio, near, far in SSH_FIGURES:
            entry = found.get(f"{benchmark}/{link}", {})
            if ratio not in entry:
                continue
            figure = far if link else near
            rows.append(row(f"{what}; {name}", f"{entry[ours]:.1f} against {entry[peer]:.1f} ms", f"≥ {figure} ×" if figure else None,
                            entry[ratio] >= figure if figure else None, f"{entry[ratio]:.1f} ×"))
        entry = found.get(f"commandsASecond/{link}", {})
        if "x_together" not in entry:
            continue
        peer = entry["controlmaster_sequential_per_s"]
        for key, ratio, what in (("ours_sequential_per_s", "x_sequential", "one at a time"), ("ours_together_per_s", "x_together", "as many at once as the session may hold"),
                                 ("ours_kept_shell_per_s", "x_kept_shell", "one at a time through the kept-open shell")):
            figure = not link and key == "ours_sequential_per_s"
            rows.append(row(f"commands a second on one device, {what}, against ControlMaster one at a time; {name}", f"{entry[key]:.0f} against {peer:.0f} /s",
                            "≥ 2.5 ×" if figure else None, entry[ratio] >= 2.5 if figure else None, f"{entry[ratio]:.1f} ×"))
    return {"benchmarks": found}, rows
