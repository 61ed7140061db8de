# SPDX-License-Identifier: GPL-3.0-or-later
"""What programs of a host say: processes, units, sockets, logins, updates."""
import math

APPLETS = ["sh", "cat", "grep", "head", "tail", "cut", "date", "echo", "env", "expr", "false", "find", "ls", "mkdir", "nice", "od",
           "printf", "readlink", "rm", "sed", "seq", "sleep", "sort", "stat", "test", "timeout", "touch", "tr", "true", "uniq", "wc",
           "xargs", "awk", "basename", "dirname", "base64", "md5sum", "sha256sum", "hostname", "which", "kill", "realpath"]


def release(folder, **values):
    folder.file("etc/os-release", "".join(f'{name}="{value}"\n' for name, value in values.items()))
    folder.truth.setdefault("system", {}).update(os=values.get("NAME"), os_version=values.get("VERSION_ID"))


def account(folder, uid, name):
    folder.answer("id -u", f"{uid}\n", "id_u")
    folder.answer(["id"], f"uid={uid}({name}) gid={uid}({name}) groups={uid}({name})\n", "id")
    folder.answer("id -un", name + "\n", "id_un")
    folder.answer(["whoami"], name + "\n", "id_un")


def processes(folder, uptime, rows, threads, busybox=False):
    """rows: (pid, ppid, user, comm, args, resident KiB, share of one core, elapsed s); args None: a kernel thread."""
    ps = "PID   USER     COMMAND\n" if busybox else f"{'PID':>7} {'USER':<32} COMMAND\n"
    for pid, parent, user, name, args, resident, share, elapsed in rows:
        ticks = share * 100
        elapsed = min(elapsed, uptime)
        fields = [pid, f"({name})", "S", parent, pid, pid, 0, -1, 4194560 if args else 69238880, 1200, 0, 0, 0,
                  int(ticks * 0.75 * elapsed), int(ticks * 0.25 * elapsed), 0, 0, 20, 0, 1 if not args else 4, 0,
                  int((uptime - elapsed) * 100), resident * 4096, resident // 4, 18446744073709551615] + [0] * 27
        folder.file(f"proc/{pid}/stat", " ".join(str(field) for field in fields) + "\n")
        if " " not in name and share > 0.004:
            for field, part in ((13, 0.75), (14, 0.25)):
                folder.move(f"proc/{pid}/stat", "", field, ticks * part, wave={"amplitude": 0.3, "period_s": 200, "phase": pid % 6})
        shown = args or f"[{name}]"
        ps += f"{pid:>5} {user:<8} {shown}\n" if busybox else f"{pid:>7} {user:<32} {shown}\n"
    if busybox:
        folder.answer(["ps", "-o", "user:32=", "-p", "*"], None, stderr="ps: unrecognized option: p\n", exit=1, name="ps_unknown",
                      glob=True)
        folder.answer("ps -o pid,user,args", ps, "ps", delay_ms=8)
    else:
        folder.answer(["ps", "-o", "user:32=", "-p", "*"], "lab\n", "ps_try", glob=True)
        folder.answer("ps -ewwo pid,user:32,args", ps, "ps", delay_ms=12)


def kernel_threads(count, uptime):
    names = ["kthreadd", "rcu_preempt", "ksoftirqd/0", "migration/0", "kworker/0:1-events", "kswapd0", "kcompactd0", "khugepaged",
             "jbd2/sda1-8", "kauditd", "oom_reaper", "watchdogd"]
    return [(2 + i, 0 if i == 0 else 2, "root", names[i % len(names)], None, 0, 0.001, uptime) for i in range(count)]


def units(folder, rows, uptime):
    """rows: (name, description, active, sub, result, restarts, memory MiB or None, share of one core)."""
    folder.folder("run/systemd/system")
    listed, shown, truth = "", [], []
    width = max(len(row[0]) for row in rows) + 1
    for name, description, active, sub, result, restarts, memory, share in rows:
        load = "not-found" if sub == "dead" and description == name else "loaded"
        listed += f"{name:<{width}} {load:<9} {active:<8} {sub:<9} {description}\n"
        size = memory * 1048576 if memory is not None else None
        used = int(share * uptime * 1e9)
        if active in ("active", "failed", "activating", "reloading", "deactivating"):
            shown.append(f"Id={name}\nResult={result}\nNRestarts={restarts}\n"
                         f"MemoryCurrent={size if size is not None else '[not set]'}\nCPUUsageNSec={used or '[not set]'}\n")
        truth.append({"name": name, "description": description, "manager": "systemd", "load": load, "active": active, "sub": sub})
    folder.answer("systemctl list-units --all --type=service --plain --no-legend --full --no-pager", listed, "systemctl_units",
                  delay_ms=15)
    folder.answer(["systemctl", "show", "--no-pager", "-p", "Id,Result,NRestarts,MemoryCurrent,CPUUsageNSec", "--", "**"],
                  "\n".join(shown), "systemctl_show", delay_ms=20)
    failed = any(row[2] == "failed" for row in rows)
    folder.answer("systemctl is-system-running", "degraded\n" if failed else "running\n", "systemctl_state", exit=1 if failed else 0)
    folder.truth["services"] = truth


def common_units():
    names = [("cron.service", "Regular background program processing daemon", 2, 0.0002),
             ("dbus.service", "D-Bus System Message Bus", 4, 0.0005), ("ssh.service", "OpenBSD Secure Shell server", 9, 0.0004),
             ("systemd-journald.service", "Journal Service", 38, 0.002), ("systemd-logind.service", "User Login Management", 2, 0.0002),
             ("systemd-resolved.service", "Network Name Resolution", 8, 0.0006),
             ("systemd-timesyncd.service", "Network Time Synchronization", 2, 0.0001),
             ("systemd-udevd.service", "Rule-based Manager for Device Events and Files", 7, 0.0002)]
    rows = [(name, text, "active", "running", "success", 0, memory, share) for name, text, memory, share in names]
    once = [("apparmor.service", "Load AppArmor profiles"), ("systemd-tmpfiles-setup.service", "Create Volatile Files and Directories"),
            ("keyboard-setup.service", "Set the console keyboard layout")]
    rows += [(name, text, "active", "exited", "success", 0, None, 0) for name, text in once]
    idle = [("apt-daily.service", "Daily apt download activities"), ("fstrim.service", "Discard unused blocks on filesystems"),
            ("logrotate.service", "Rotate log files"), ("man-db.service", "Daily man-db regeneration")]
    return rows + [(name, text, "inactive", "dead", "success", 0, None, 0) for name, text in idle]


def sockets(folder, rows):
    """rows: (protocol, address, port, process or None)."""
    text = ""
    for number, (protocol, address, port, process) in enumerate(rows):
        peer = "[::]:*" if address.startswith("[") else "0.0.0.0:*"
        state = "LISTEN" if protocol == "tcp" else "UNCONN"
        users = f' users:(("{process}",pid={700 + number},fd=6))' if process else ""
        text += f"{protocol:<5} {state:<6} 0      {4096 if protocol == 'tcp' else 0:<5} {address + ':' + str(port):>24} {peer:>18}{users}\n"
    folder.answer("ss -Htulnp", text, "ss", delay_ms=6)
    folder.answer("ss -tuln", "Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n" + text, "ss_old", delay_ms=6)
    folder.truth["ports"] = [{"proto": protocol, "address": address, "port": port} for protocol, address, port, _ in rows]


def logins(folder, rows):
    """rows: (user, tty, from, seconds ago)."""
    text = ""
    for user, tty, origin, ago in rows:
        text += f"{user:<8} {tty:<12} @@now-{ago}:%Y-%m-%d %H:%M@@" + (f" ({origin})" if origin else "") + "\n"
    folder.answer(["who"], text, "who")
    folder.truth["users"] = [{"user": user, "tty": tty, "from": origin} for user, tty, origin, _ in rows]


def apt(folder, distribution, rows, held=(), reboot=False, hours=3):
    """rows: (package, from, to, security)."""
    folder.file("var/lib/dpkg/status", "Package: base-files\nStatus: install ok installed\nVersion: 13\n\n")
    folder.folder("var/lib/apt/lists")
    folder.file("etc/kernel/postinst.d/unattended-upgrades", "#!/bin/sh\n")
    if reboot:
        folder.file("run/reboot-required", "*** System restart required ***\n")
    head = ("NOTE: This is only a simulation!\n      apt-get needs root privileges for real execution.\n"
            "      Keep also in mind that locking is deactivated,\n"
            "      so don't depend on the relevance to the real current situation!\n"
            "Reading package lists...\nBuilding dependency tree...\nReading state information...\nCalculating upgrade...\n")
    names = "  " + " ".join(row[0] for row in rows) + "\n"
    text = head + ("The following packages will be upgraded:\n" + names if rows else "")
    text += f"{len(rows)} upgraded, 0 newly installed, 0 to remove and {len(held)} not upgraded.\n"
    for package, old, new, security in rows:
        origin = f"{distribution}-security" if security else f"{distribution}-updates"
        text += f"Inst {package} [{old}] ({new} {origin} [amd64])\n"
    for package, _, new, security in rows:
        origin = f"{distribution}-security" if security else f"{distribution}-updates"
        text += f"Conf {package} ({new} {origin} [amd64])\n"
    folder.answer(["apt-get", "-s", "-o", "Debug::NoLocking=1", "**"], text, "apt_upgrade", delay_ms=180)
    folder.answer("apt-mark showhold", "".join(name + "\n" for name in held), "apt_held")
    folder.answer(["stat", "-c", "changed %Y", "/var/lib/apt/lists"], f"changed @@now-{hours * 3600}:%s@@\n", "apt_lists")
    folder.truth["updates"] = {"pending": len(rows), "security": sum(1 for row in rows if row[3]), "held": len(held),
                               "reboot_required": reboot}


def spread(count, seed):
    """Shares that look like a machine's: a few busy, many idle."""
    return [0.002 + 0.2 * math.exp(-i / 2.0) * (1 + 0.5 * math.sin(i + seed)) for i in range(count)]
