# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of the kernel after proc(5), Documentation/admin-guide/iostats.rst, Documentation/accounting/psi.rst and sysfs' ABI texts."""
import math


def wave(seed, amplitude=0.4):
    """How a rate goes up and down: two hosts, or two cores, never in step."""
    return {"amplitude": amplitude, "period_s": 240 + seed * 37 % 400, "phase": round(seed * 0.7 % (2 * math.pi), 3)}


def cpu(folder, threads, per_core, uptime, busy, seed=1, uneven=0.6):
    """/proc/stat, cpu topology. @param busy share of all cores in use, 0…1."""
    lines = []
    totals = [0.0] * 10
    rates = [0.0] * 10
    for number in range(threads):
        share = max(0.002, min(0.97, busy * (1 + uneven * math.sin(number * 1.7 + seed))))
        # user nice system idle iowait irq softirq steal guest guest_nice, ticks a second of this core
        rate = [share * 70, share * 0.6, share * 23, (1 - share) * 100, share * 3.2, 0, share * 3.2, 0, 0, 0]
        values = [value * uptime * 0.9 for value in rate]
        lines.append(f"cpu{number} " + " ".join(str(int(value)) for value in values))
        totals = [a + b for a, b in zip(totals, values)]
        rates = [a + b for a, b in zip(rates, rate)]
        amplitude = min(0.5, 0.9 * (1 - share) / share)
        move_cpu(folder, f"^cpu{number} ", rate, wave(seed, amplitude), share)
    share = (sum(rates) - rates[3]) / sum(rates)
    move_cpu(folder, "^cpu ", rates, wave(seed, min(0.5, 0.9 * (1 - share) / share)), share)
    text = "cpu  " + " ".join(str(int(value)) for value in totals) + "\n" + "\n".join(lines)
    text += f"\nintr {int(uptime * 900)} 0 9 0 0 0\nctxt {int(uptime * 2400)}\nbtime 1700000000\nprocesses {int(uptime / 3)}\n"
    text += f"procs_running {max(1, round(threads * busy))}\nprocs_blocked 0\nsoftirq {int(uptime * 500)} 0 1 2 3 4 5 6 7 8 9\n"
    folder.file("proc/stat", text)
    folder.move("proc/stat", "^ctxt ", 1, 2400)
    folder.move("proc/stat", "^processes ", 1, 0.33)
    siblings = max(1, threads // per_core)
    for number in range(threads):
        first = number % per_core
        together = ",".join(str(first + per_core * i) for i in range(siblings))
        folder.file(f"sys/devices/system/cpu/cpu{number}/topology/thread_siblings_list", together + "\n")
    folder.file("sys/devices/system/cpu/online", f"0-{threads - 1}\n" if threads > 1 else "0\n")


def move_cpu(folder, line, rate, swing, share):
    for field, value in enumerate(rate):
        if field == 3:
            less = {**swing, "amplitude": round(-swing["amplitude"] * share / (1 - share), 4)}
            folder.move("proc/stat", line, field + 1, value, wave=less)
        elif value:
            folder.move("proc/stat", line, field + 1, value, wave={**swing, "amplitude": round(swing["amplitude"], 4)})


def memory(folder, total_mb, used_mb, swap_mb=0, swap_used_mb=0, seed=1):
    total, used = total_mb * 1024, used_mb * 1024
    cached = int((total - used) * 0.62)
    free = total - used - cached - 40960
    available = total - used
    rows = [("MemTotal", total), ("MemFree", free), ("MemAvailable", available), ("Buffers", 40960), ("Cached", cached),
            ("SwapCached", 0), ("Active", int(total * 0.3)), ("Inactive", int(total * 0.25)), ("Unevictable", 0), ("Mlocked", 0),
            ("SwapTotal", swap_mb * 1024), ("SwapFree", (swap_mb - swap_used_mb) * 1024), ("Dirty", 412), ("Writeback", 0),
            ("AnonPages", int(used * 0.8)), ("Mapped", int(used * 0.2)), ("Shmem", 18240), ("Slab", int(total * 0.02))]
    folder.file("proc/meminfo", "".join(f"{name + ':':<15} {value:>8} kB\n" for name, value in rows))
    folder.move("proc/meminfo", "^MemAvailable:", 1, 0, swing={"amplitude": int(used * 0.06), "period_s": 420, "phase": seed})
    folder.truth.setdefault("system", {}).update(mem_total_bytes=total * 1024, swap_total_bytes=swap_mb * 1024 * 1024)


def load(folder, value, uptime, threads, processes, psi=True, seed=1):
    folder.file("proc/loadavg", f"{value:.2f} {value * 0.93:.2f} {value * 0.88:.2f} {max(1, round(value))}/{processes} 48211\n")
    for field, part in enumerate((0.35, 0.2, 0.08)):
        folder.move("proc/loadavg", "", field, 0, swing={"amplitude": round(value * part, 3), "period_s": 300, "phase": seed})
    folder.file("proc/uptime", f"{uptime:.2f} {uptime * threads * 0.8:.2f}\n")
    folder.move("proc/uptime", "", 0, 1)
    folder.move("proc/uptime", "", 1, threads * 0.8)
    if psi:
        for name, some in (("cpu", 1.4), ("io", 0.6), ("memory", 0.0)):
            text = ""
            for kind, part in (("some", 1.0), ("full", 0.0 if name == "cpu" else 0.5)):
                text += (f"{kind} avg10={some * part:.2f} avg60={some * part * 0.9:.2f} avg300={some * part * 0.8:.2f} "
                         f"total={int(uptime * some * part * 1e4)}\n")
            folder.file(f"proc/pressure/{name}", text)


def identity(folder, hostname, kernel, arch="x86_64", clock_ticks=True):
    folder.file("proc/sys/kernel/hostname", hostname + "\n")
    folder.file("proc/sys/kernel/osrelease", kernel + "\n")
    folder.file("proc/sys/kernel/random/boot_id", "5f0c2b1e-7d0a-4c1e-9a54-0b6f3d2c8e71\n")
    folder.answer(["uname", "-m"], arch + "\n", "uname_m")
    folder.answer(["uname", "-r"], kernel + "\n", "uname_r")
    folder.answer(["uname", "-n"], hostname + "\n", "uname_n")
    folder.answer(["uname", "-s"], "Linux\n", "uname_s")
    folder.answer(["uname", "-a"], f"Linux {hostname} {kernel} #1 SMP PREEMPT_DYNAMIC {arch} GNU/Linux\n", "uname_a")
    folder.truth.setdefault("system", {}).update(hostname=hostname, kernel=kernel, arch=arch)
    if clock_ticks:
        folder.answer("getconf CLK_TCK", "100\n", "getconf_clk_tck")
        folder.answer("getconf PAGESIZE", "4096\n", "getconf_pagesize")


def disks(folder, uptime, rows, seed=1):
    """rows: (name, read bytes a second, written bytes a second, busy 0…1); partitions are named as they come ("sda1")."""
    text = ""
    numbers = {"sd": 8, "nv": 259, "vd": 252, "md": 9, "zd": 230, "lo": 7, "dm": 253}
    count = {}
    for name, read, written, busy in rows:
        major = numbers[name[:2]]
        minor = count.setdefault(major, 0)
        count[major] += 1
        values = [read / 16384, read / 65536, read / 512, read / 40960, written / 16384, written / 40960, written / 512,
                  written / 20480, 0, busy * 1000, busy * 1300, 0, 0, 0, 0, written / 1048576, written / 524288]
        text += f"{major:4d} {minor:7d} {name} " + " ".join(str(int(value * uptime)) for value in values) + "\n"
        whole = not name[-1].isdigit() if name[:2] in ("sd", "vd") else "p" not in name
        for field, value in enumerate(values):
            if whole and value >= 0.5:
                folder.move("proc/diskstats", f" {name} ", field + 3, value, wave=wave(seed + minor, 0.7))
        if whole:
            folder.folder(f"sys/block/{name}")
    folder.file("proc/diskstats", text)


def networks(folder, uptime, rows, seed=1):
    """rows: (name, kind, rx bytes a second, tx bytes a second, speed Mbit or None, mtu, state)."""
    text = ("Inter-|   Receive                                                |  Transmit\n"
            " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier "
            "compressed\n")
    for number, (name, kind, rx, tx, speed, mtu, state) in enumerate(rows):
        received, sent = int(rx * uptime), int(tx * uptime)
        text += (f"{name + ':':>7} {received} {received // 900} 0 0 0 0 0 12 {sent} {sent // 900} 0 0 0 0 0 0\n")
        line = f"^ *{name}:"
        for field, value in ((1, rx), (2, rx / 900), (9, tx), (10, tx / 900)):
            folder.move("proc/net/dev", line, field, value, wave=wave(seed + number, 0.6))
        base = f"sys/class/net/{name}"
        mac = "00:00:00:00:00:00" if kind == "loopback" else f"02:5a:{seed:02x}:10:00:{number:02x}"
        folder.files(base, operstate=state, mtu=mtu, address=mac, type=772 if kind == "loopback" else 1)
        uevent = {"bridge": "DEVTYPE=bridge\n", "bond": "DEVTYPE=bond\n", "vlan": "DEVTYPE=vlan\n", "wireless": "DEVTYPE=wlan\n"}
        folder.file(f"{base}/uevent", uevent.get(kind, "") + f"INTERFACE={name}\nIFINDEX={number + 1}\n")
        if speed:
            folder.files(base, speed=speed)
        folder.files(f"{base}/statistics", rx_bytes=received, tx_bytes=sent)
        folder.move(f"{base}/statistics/rx_bytes", "", 0, rx, wave=wave(seed + number, 0.6))
        folder.move(f"{base}/statistics/tx_bytes", "", 0, tx, wave=wave(seed + number, 0.6))
        extra = {"physical": "device", "wireless": "wireless", "bridge": "bridge", "bond": "bonding"}.get(kind)
        if extra:
            folder.folder(f"{base}/{extra}")
        if kind == "wireless":
            folder.folder(f"{base}/device")
    folder.file("proc/net/dev", text)


def sensors(folder, chips, seed=1):
    """chips: (chip, device, [(label, celsius, max, crit)], [(label, rpm)])."""
    for number, (chip, device, temperatures, fans) in enumerate(chips):
        base = f"sys/class/hwmon/hwmon{number}"
        folder.files(base, name=chip)
        if device:
            folder.folder(f"sys/devices/{device}")
            folder.link(f"{base}/device", f"../../../devices/{device}")
        for index, (label, celsius, maximum, critical) in enumerate(temperatures, 1):
            folder.file(f"{base}/temp{index}_input", f"{int(celsius * 1000)}\n")
            folder.move(f"{base}/temp{index}_input", "", 0, 0,
                        swing={"amplitude": 2500, "period_s": 500, "phase": seed + index})
            for end, value in (("label", label), ("max", maximum), ("crit", critical)):
                if value is not None:
                    folder.file(f"{base}/temp{index}_{end}", f"{value if end == 'label' else int(value * 1000)}\n")
        for index, (label, rpm) in enumerate(fans, 1):
            folder.files(base, **{f"fan{index}_input": rpm, f"fan{index}_label": label})
