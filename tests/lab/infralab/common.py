# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors, times and files that all parts of the lab share."""
import datetime
import json
import os


class LabError(Exception):
    """Told to the person as one line; the exit status is 1, or 2 for a wrong command line."""

    def __init__(self, text, status=1):
        super().__init__(text)
        self.status = status


def now_text():
    now = datetime.datetime.now(datetime.timezone.utc)
    return now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03d}Z"


def write_file(path, data, mode=0o644):
    """Written whole or not at all."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogateescape")
    temporary = f"{path}.new"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    os.chmod(temporary, mode)
    os.rename(temporary, path)


def write_json(path, value, mode=0o644):
    write_file(path, json.dumps(value, indent=1, ensure_ascii=False) + "\n", mode)


def read_json(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        raise LabError(f"{path} is not there")
    except (OSError, ValueError) as error:
        raise LabError(f"{path}: {error}")


def read_json_lines(path):
    rows = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                rows.append(json.loads(line))
            except ValueError as error:
                raise LabError(f"{path}:{number}: {error}")
    return rows


class EventLog:
    """log.jsonl of one host; the sessions write to the same file, so each line is one write in append mode."""

    def __init__(self, path):
        self.descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)

    def write(self, event, conn=None, chan=None, **more):
        line = {"t": now_text(), "event": event, "conn": conn, "chan": chan}
        line.update(more)
        os.write(self.descriptor, (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
