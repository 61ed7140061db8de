# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of the benchmarks."""
import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time

from . import fleet, machine, micro, table, window
from .common import BenchError, say

PARTS = {"store": micro.store, "day": micro.day, "ssh": micro.ssh, "fleet": fleet.run, "window": window.run}


def parser():
    top = argparse.ArgumentParser(prog="tests/bench/run", description="Measures, and prints one table with ratios.")
    top.add_argument("--bin", required=True, help="folder of the programs, such as build/bench/bin")
    top.add_argument("--out", help="where the results go as JSON, and beside it as a Markdown table")
    top.add_argument("--only", default=",".join(PARTS), help="parts, of: %(default)s")
    top.add_argument("--long", action="store_true", default=bool(os.environ.get("INFRA_BENCH_LONG")),
                     help="takes its time (also by INFRA_BENCH_LONG=1): the fleet for 10 intervals instead of 3")
    top.add_argument("--hosts", type=int, default=300, help="hosts of the fleet (default %(default)s)")
    top.add_argument("--interval", type=int, default=30, help="seconds between two readings (default %(default)s)")
    top.add_argument("--seconds", type=int, help="how long the fleet and the window are watched")
    return top


def main(words):
    arguments = parser().parse_args(words)
    arguments.bin = os.path.abspath(arguments.bin)
    parts = [name for name in arguments.only.split(",") if name]
    unknown = [name for name in parts if name not in PARTS]
    if unknown:
        print(f"unknown part {unknown[0]!r}; there are: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    # Short: the lab's and the keyring's sockets lie below it.
    arguments.work = tempfile.mkdtemp(prefix="infrabench-")
    os.chmod(arguments.work, 0o755)
    results = {"machine": machine.facts(arguments.bin), "parts": {}, "rows": []}
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended then too
    failed = 0
    try:
        for name in parts:
            say(f"measuring: {name}")
            before, began = machine.load(), time.monotonic()
            try:
                measured, rows = PARTS[name](arguments)
                results["parts"][name] = measured
                results["rows"] += rows
            except BenchError as error:
                failed += 1
                print(f"error: {name}: {error}", file=sys.stderr)
                results["parts"][name] = {"error": str(error)}
            results["parts"][name]["load"] = [before, machine.load()]
            say(f"{name}: {time.monotonic() - began:.0f} s, load {before} → {machine.load()}")
    finally:
        fleet.end_lab(arguments)
        shutil.rmtree(arguments.work, ignore_errors=True)
    text = table.render(results)
    print(text)
    if arguments.out:
        with open(arguments.out, "w", encoding="utf-8") as file:
            json.dump(results, file, indent=1)
        with open(os.path.splitext(arguments.out)[0] + ".md", "w", encoding="utf-8") as file:
            file.write(text + "\n")
    print(f"{len(parts) - failed} measured, {failed} failed")
    return 1 if failed else 0
