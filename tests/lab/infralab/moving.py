# SPDX-License-Identifier: GPL-3.0-or-later
"""Counters of recorded hosts that go on: HOST/moving.json, advanced once a second."""
import os
import re
import time

from .common import LabError, write_file


class MovingFile:
    def __init__(self, path):
        self.path = path
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            self.lines = [re.split(r"(\s+)", line) for line in file.read().splitlines()]
        # Column i of a line is element 2*i, one further when the line begins with a space.
        self.rules = []  # [line, element, per second, wrap, value, decimals, keep]

    def add(self, rule):
        expression = re.compile(rule.get("line") or "")
        for number, parts in enumerate(self.lines):
            if not expression.search("".join(parts)):
                continue
            at = 2 * int(rule["field"]) + (2 if parts[0] == "" else 0)
            if at >= len(parts):
                raise LabError(f"moving.json: {rule} has no such field in {''.join(parts)!r}")
            prefix, digits = re.fullmatch(r"(\D*?)(-?[\d.]+)", parts[at]).groups()
            decimals = len(digits.partition(".")[2])
            self.rules.append([number, at, float(rule["per_s"]), rule.get("wrap"), float(digits), decimals,
                               bool(rule.get("keep")), prefix])

    def advance(self, seconds):
        for rule in self.rules:
            rule[4] += rule[2] * seconds
            if rule[3]:
                rule[4] %= rule[3]
            self.show(rule)
        self.write()

    def reset(self):
        for rule in self.rules:
            if not rule[6]:
                rule[4] = 0.0
            self.show(rule)
        self.write()

    def show(self, rule):
        number, at, _, _, value, decimals, _, prefix = rule
        text = f"{value:.{decimals}f}" if decimals else str(int(value))
        self.lines[number][at] = prefix + text

    def write(self):
        text = "\n".join("".join(parts) for parts in self.lines) + "\n"
        write_file(self.path, text)


class Moving:
    """All moving files of one host."""

    def __init__(self, root, rules):
        self.files = {}
        for rule in rules:
            name = rule.get("file", "")
            path = os.path.join(root, name)
            if name not in self.files:
                if not os.path.isfile(path):
                    raise LabError(f"moving.json: {name} is not in the recorded root")
                self.files[name] = MovingFile(path)
            self.files[name].add(rule)
        self.last = time.monotonic()

    def tick(self, now):
        seconds = now - self.last
        self.last = now
        for file in self.files.values():
            file.advance(seconds)

    def reset(self, now):
        self.last = now
        for file in self.files.values():
            file.reset()

    def reread(self, root):
        """Files that somebody else has changed (a new boot time) are taken as they are now."""
        for name, file in self.files.items():
            fresh = MovingFile(os.path.join(root, name))
            file.lines = fresh.lines
            for rule in file.rules:
                file.show(rule)
