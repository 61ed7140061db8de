# SPDX-License-Identifier: GPL-3.0-or-later
"""A recorded host: its folder is read, checked and made into a root that sessions see read-only."""
import os
import re
import shutil
import time

from .common import LabError, read_json, read_json_lines, write_file

PLACE = "usr/lib/lab"  # inside the root: helper, BusyBox, answers
KINDS = ("linux", "unraid", "proxmox", "zfs-nas", "busybox", "windows", "wsl2")
DATE = re.compile(rb"@@now([+-]\d+)?:([^@\n]*)@@")


class Recording:
    """What HOST/ holds, checked."""

    def __init__(self, folder):
        self.folder = folder
        self.host = read_json(os.path.join(folder, "host.json"))
        if self.host.get("format") != 1 or self.host.get("kind") not in KINDS:
            raise LabError(f"{folder}/host.json: needs format 1 and a kind of {', '.join(KINDS)}")
        if self.host.get("shell", "sh") != "sh":
            raise LabError(f"{folder}: hosts with shell {self.host['shell']!r} cannot be run by this lab")
        rows = os.path.join(folder, "commands.jsonl")
        self.rows = read_json_lines(rows) if os.path.exists(rows) else []
        for row in self.rows:
            words = row.get("argv") or row.get("argv_glob")
            if not words or not all(isinstance(word, str) and "\0" not in word for word in words):
                raise LabError(f"{rows}: a row needs argv or argv_glob, a list of strings: {row}")
            for key in ("stdout", "stderr"):
                if row.get(key) and not os.path.isfile(os.path.join(folder, row[key])):
                    raise LabError(f"{rows}: {row[key]} is not there")
        moving = os.path.join(folder, "moving.json")
        self.moving = read_json(moving) if os.path.exists(moving) else []
        self.name = self.host.get("name") or os.path.basename(folder)
        self.kind = self.host["kind"]

    def programs(self):
        """Names that exist in PATH: the BusyBox applets of host.json, and what has recorded answers."""
        names = set(self.host.get("busybox", [])) | {"sh"}
        for row in self.rows:
            first = (row.get("argv") or row["argv_glob"])[0].rsplit("/", 1)[-1]
            if not any(sign in first for sign in "*?["):
                names.add(first)
        if self.sudo_allowed():
            names.add("sudo")
        return sorted(names)

    def sudo_allowed(self):
        return bool(self.host.get("sudo", any(row.get("needs_root") for row in self.rows)))


def dated(data, now):
    """Fills @@now-SECONDS:FORMAT@@ (strftime, UTC), so that what is recorded as an hour old is an hour old."""
    def fill(match):
        return time.strftime(match[2].decode(), time.gmtime(now + int(match[1] or 0))).encode()
    return DATE.sub(fill, data)


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def copy_tree(source, target):
    """Files are linked where that can be: nothing here ever writes into a file, it is replaced (`write_file`)."""
    os.mkdir(target)
    for entry in os.scandir(source):
        place = os.path.join(target, entry.name)
        if entry.is_symlink():
            os.symlink(os.readlink(entry.path), place)
        elif entry.is_dir():
            copy_tree(entry.path, place)
        else:
            try:
                os.link(entry.path, place)
            except OSError:
                shutil.copyfile(entry.path, place)


class RecordedRoot:
    """The running copy of a recorded host's files: D/labN/root."""

    def __init__(self, recording, root, clock_offset=None):
        self.recording = recording
        self.root = root
        self.now = time.time() + (recording.host.get("clock_offset_s", 0) if clock_offset is None else clock_offset)
        self.full_disk = False

    def path(self, *parts):
        return os.path.join(self.root, *parts)

    def build(self, tools):
        source = os.path.join(self.recording.folder, "root")
        if os.path.isdir(source):
            copy_tree(source, self.root)
        for folder in ("dev", "proc", "sys", "etc", "tmp", "run", "var", "root", "home/lab", "usr/bin", PLACE + "/out"):
            os.makedirs(self.path(folder), exist_ok=True)
        for folder in self.recording.host.get("folders", []):
            os.makedirs(self.path(folder), exist_ok=True)
        for link, target in (("bin", "usr/bin"), ("sbin", "usr/bin"), ("usr/sbin", "bin")):
            if not os.path.lexists(self.path(link)):
                os.symlink(target, self.path(link))
        for name in ("shim", "busybox", "sh"):
            os.link(os.path.join(tools, name), self.path(PLACE, name))
        for name in ("log", "state"):
            open(self.path(PLACE, name), "wb").close()
        for name in self.recording.programs():
            place = self.path("usr/bin", name)
            if not os.path.lexists(place):
                os.symlink("/" + PLACE + "/shim", place)
        for name in self.recording.host.get("dated_files", []):
            write_file(self.path(name), dated(read_bytes(self.path(name)), self.now))
        if self.recording.host.get("rebase_time"):
            self.set_boot_time(self.now - self.uptime())
        self.write_table()

    def uptime(self):
        try:
            return float(read_bytes(self.path("proc/uptime")).split()[0])
        except (OSError, IndexError, ValueError):
            return 0.0

    def set_boot_time(self, epoch):
        place = self.path("proc/stat")
        if os.path.exists(place):
            write_file(place, re.sub(rb"(?m)^btime \d+", b"btime %d" % int(epoch), read_bytes(place)))

    def write_table(self):
        """The answers in the form that the helper reads (shim/applet.c), and their texts beside it."""
        words = []
        for number, row in enumerate(self.recording.rows):
            argv = row.get("argv") or row["argv_glob"]
            outputs = []
            for key in ("stdout", "stderr"):
                text = b""
                if row.get(key):
                    text = read_bytes(os.path.join(self.recording.folder, row[key]))
                    if row.get("dates"):
                        text = dated(text, self.now)
                if key == "stdout" and self.full_disk and "df" in argv:
                    text = filled_df(text)
                place = f"{PLACE}/out/{number}.{key}"
                if text:
                    write_file(self.path(place), text)
                outputs.append("/" + place if text else "")
            flags = ("g" if "argv_glob" in row else "e") + ("r" if row.get("needs_root") else "")
            words += ["R", flags, str(row.get("exit") or 0), str(row.get("delay_ms") or 0)] + outputs
            words += [str(len(argv))] + argv
        for name in list(self.recording.host.get("busybox", [])) + ["sh"]:
            words += ["A", name]
        if self.recording.sudo_allowed():
            words.append("S")
        write_file(self.path(PLACE, "table"), "".join(word + "\0" for word in words))


PSEUDO = {"tmpfs", "devtmpfs", "udev", "none", "shm", "efivarfs", "rootfs"}


def filled_df(text):
    """What df would print with every disk full; its table of inodes is left alone."""
    lines = text.decode("utf-8", "surrogateescape").splitlines(True)
    if not lines or "Inodes" in lines[0] or "IUse" in lines[0]:
        return text
    for number, line in enumerate(lines[1:], 1):
        columns = re.split(r"(\s+)", line)
        at = next((i for i, word in enumerate(columns) if re.fullmatch(r"\d+%", word)), None)
        if at is None or at < 6 or columns[0] in PSEUDO:
            continue
        columns[at - 4] = columns[at - 6]
        columns[at - 2] = "0"
        columns[at] = "100%"
        lines[number] = "".join(columns)
    return "".join(lines).encode("utf-8", "surrogateescape")
