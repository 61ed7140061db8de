# SPDX-License-Identifier: GPL-3.0-or-later
"""What a real host must be seen as: read here by other means than the product's, in the shapes of the command line."""
import os
import platform
import re
import time

NO_STORAGE = {"proc", "sysfs", "cgroup", "cgroup2", "devpts", "mqueue", "debugfs", "tracefs", "securityfs", "pstore", "bpf",
              "autofs", "configfs", "fusectl", "hugetlbfs", "binfmt_misc", "nsfs", "rpc_pipefs", "efivarfs"}


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def os_release():
    try:
        pairs = re.findall(r'(?m)^(\w+)="?([^"\n]*)"?$', read("/etc/os-release"))
    except OSError:
        return {}
    return dict(pairs)


def meminfo():
    return {name: int(value) * 1024 for name, value in re.findall(r"(?m)^(\w+):\s+(\d+) kB", read("/proc/meminfo"))}


def cpu_cores():
    pairs = set()
    package = "0"
    for name, value in re.findall(r"(?m)^(physical id|core id)\s*:\s*(\d+)", read("/proc/cpuinfo")):
        if name == "physical id":
            package = value
        else:
            pairs.add((package, value))
    return len(pairs) or None


def system():
    memory = meminfo()
    release = os_release()
    uptime = float(read("/proc/uptime").split()[0])
    return {
        "hostname": platform.node(), "kernel": platform.release(), "arch": platform.machine(),
        "os": release.get("NAME"), "os_version": release.get("VERSION_ID"),
        "cpu_threads": os.cpu_count(), "cpu_cores": cpu_cores(),
        "mem_total_bytes": memory.get("MemTotal"), "swap_total_bytes": memory.get("SwapTotal"),
        "uptime_s": uptime, "boot_time": int(re.search(r"(?m)^btime (\d+)", read("/proc/stat"))[1]),
        "clock_offset_s": 0, "read_at": time.time(),
    }


def filesystems():
    found = []
    seen = set()
    for line in read("/proc/self/mountinfo").splitlines():
        left, _, right = line.partition(" - ")
        device_number, _, mount = left.split()[2:5]
        kind, device = right.split()[:2]
        mount = re.sub(r"\\(\d{3})", lambda match: chr(int(match[1], 8)), mount)
        if kind in NO_STORAGE or device_number in seen:
            continue
        try:
            info = os.statvfs(mount)
        except OSError:
            continue
        if info.f_blocks == 0:
            continue
        seen.add(device_number)
        found.append({
            "mount": mount, "device": device, "type": kind, "size_bytes": info.f_blocks * info.f_frsize,
            "used_bytes": (info.f_blocks - info.f_bfree) * info.f_frsize, "available_bytes": info.f_bavail * info.f_frsize,
            "inodes_total": info.f_files or None, "inodes_used": (info.f_files - info.f_ffree) if info.f_files else None,
            "read_only": bool(info.f_flag & os.ST_RDONLY),
        })
    return found


def real_host():
    return {"system": system(), "filesystems": filesystems()}
