# SPDX-License-Identifier: GPL-3.0-or-later
"""The machine that was measured on."""
import os
import platform
import re
import subprocess
import time


def _file(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _first(pattern, text, otherwise="?"):
    found = re.search(pattern, text, re.M)
    return found.group(1).strip() if found else otherwise


def _said(*words):
    try:
        return subprocess.run(words, capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""


def load():
    return float(_file("/proc/loadavg").split()[0])


def facts(binaries):
    cache = _file(os.path.join(os.path.dirname(binaries), "CMakeCache.txt"))
    compiler = _first(r"^CMAKE_CXX_COMPILER:\w+=(.*)$", cache, "g++")
    return {
        "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "cpu": _first(r"^model name\s*:\s*(.*)$", _file("/proc/cpuinfo")),
        "cores": os.cpu_count(),
        "memory_gib": round(int(_first(r"^MemTotal:\s*(\d+)", _file("/proc/meminfo"), "0")) / 1048576, 1),
        "system": _first(r'^PRETTY_NAME="(.*)"$', _file("/etc/os-release")),
        "kernel": platform.release(),
        "virtual": "hypervisor" in _first(r"^flags\s*:\s*(.*)$", _file("/proc/cpuinfo")),
        "compiler": _said(compiler, "--version").splitlines()[:1],
        "build": _first(r"^CMAKE_BUILD_TYPE:\w+=(.*)$", cache),
        "openssh": subprocess.run(["ssh", "-V"], capture_output=True, text=True, check=False).stderr.strip(),
        "load": load(),
    }
