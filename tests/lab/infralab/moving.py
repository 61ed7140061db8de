# SPDX-License-Identifier: GPL-3.0-or-later
"""Counters of recorded hosts that go on: HOST/moving.json, advanced once a second."""
import math
import os
import re
import time

from .common import LabError, write_file


class Rule:
    """One field of one line. `wave` lets a rate go up and down, `swing` a level; both are {amplitude, period_s, phase}."""

    def __init__(self, number, at, text, rule):
        self.number, self.at = number, at
        found = re.fullmatch(r"(\D*?)(-?\d+(?:\.\d+)?)(\D*)", text)
        if not found:
            raise LabError(f"moving.json: {rule}: {text!r} is not a number")
        self.before, digits, self.behind = found.groups()
        self.decimals = len(digits.partition(".")[2])
        self.value = float(digits)
        self.per_s = float(rule["per_s"])
        self.wrap = rule.get("wrap")
        self.keep = bool(rule.get("keep"))
        self.wave = self._turn(rule.get("wave"))
        self.swing = self._turn(rule.get("swing"))

    @staticmethod
    def _turn(turn):
        return (turn["amplitude"], 2 * math.pi / turn["period_s"], turn.get("phase", 0)) if turn else None

    def advance(self, now, seconds):
        rate = self.per_s
        if self.wave:
            amplitude, speed, phase = self.wave
            rate *= 1 + amplitude * math.sin(speed * now + phase)
        self.value += rate * seconds
        if self.wrap:
            self.value %= self.wrap

    def text(self, now):
        value = self.value
        if self.swing:
            amplitude, speed, phase = self.swing
            value += amplitude * math.sin(speed * now + phase)
        shown = f"{value:.{self.decimals}f}" if self.decimals else str(int(value))
        return self.before + shown + self.behind


class MovingFile:
    def __init__(self, path):
        self.path = path
        self.lines = self.read()
        self.rules = []

    def read(self):
        with open(self.path, encoding="utf-8", errors="surrogateescape") as file:
            return [re.split(r"(\s+)", line) for line in file.read().splitlines()]

    def add(self, rule):
        expression = re.compile(rule.get("line") or "")
        for number, parts in enumerate(self.lines):
            if not expression.search("".join(parts)):
                continue
            # Column i of a line is element 2*i, one column further when the line begins with a space.
            at = 2 * int(rule["field"]) + (2 if parts[0] == "" else 0)
            if at >= len(parts):
                raise LabError(f"moving.json: {rule} has no such field in {''.join(parts)!r}")
            self.rules.append(Rule(number, at, parts[at], rule))

    def advance(self, now, seconds):
        for rule in self.rules:
            rule.advance(now, seconds)
        self.write(now)

    def reset(self, now):
        for rule in self.rules:
            if not rule.keep and not rule.swing:
                rule.value = 0.0
        self.write(now)

    def write(self, now):
        for rule in self.rules:
            self.lines[rule.number][rule.at] = rule.text(now)
        write_file(self.path, "\n".join("".join(parts) for parts in self.lines) + "\n")


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
            file.advance(now, seconds)

    def reset(self, now):
        self.last = now
        for file in self.files.values():
            file.reset(now)

    def reread(self):
        """Lines that somebody else has changed (a new boot time) are taken as they are now."""
        for file in self.files.values():
            file.lines = file.read()
