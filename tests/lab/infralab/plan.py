# SPDX-License-Identifier: GPL-3.0-or-later
"""Which hosts a lab has: `-n`, `--mix`, `--recorded`."""
import os

from .common import LabError, read_json

DEFAULT_MIX = ["ubuntu-web", "unraid", "proxmox", "zfs-nas", "ubuntu-db", "wsl2"]
REAL = "linux"


def recorded_folder():
    """Where the project's own recorded hosts are: in the source tree, or beside an installed lab."""
    here = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    for folder in (os.environ.get("INFRA_LAB_HOSTS"), os.path.join(here, "hosts"), os.path.join(here, "..", "data", "hosts")):
        if folder and os.path.isdir(folder):
            return os.path.realpath(folder)
    raise LabError("the folder of recorded hosts is missing (set INFRA_LAB_HOSTS)")


def known_hosts():
    """{name: path} of the recorded hosts."""
    folder = recorded_folder()
    return {name: os.path.join(folder, name) for name in sorted(os.listdir(folder))
            if os.path.isfile(os.path.join(folder, name, "host.json"))}


def find_recorded(word):
    hosts = known_hosts()
    if word in hosts:
        return hosts[word]
    for path in hosts.values():  # a kind, such as zfs-nas
        if read_json(os.path.join(path, "host.json")).get("kind") == word:
            return path
    raise LabError(f"no recorded host {word!r}; there are: {REAL}, {', '.join(hosts)}", 2)


def parse_mix(text):
    """[folder, or None for a real host] of "linux:3,unraid:1"."""
    result = []
    for part in text.split(","):
        word, _, count = part.strip().partition(":")
        if count and not count.isdigit() or not word:
            raise LabError(f"--mix: {part!r} is not KIND:NUMBER", 2)
        folder = None if word == REAL else find_recorded(word)
        result += [folder] * int(count or 1)
    return result


def plan_hosts(count, mix, recorded):
    """One entry a host: the folder of a recorded host, None for a real one."""
    entries = parse_mix(mix) if mix else []
    for path in recorded or []:
        if not os.path.isfile(os.path.join(path, "host.json")):
            raise LabError(f"{path} has no host.json: not a recorded host", 2)
        entries.append(os.path.realpath(path))
    if not entries:
        entries = [find_recorded(name) for name in DEFAULT_MIX]
        count = count or len(entries)
    count = count or len(entries)
    if not 1 <= count <= 2000:
        raise LabError("-n: between 1 and 2000", 2)
    return [entries[i % len(entries)] for i in range(count)]
