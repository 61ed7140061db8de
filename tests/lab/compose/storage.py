# SPDX-License-Identifier: GPL-3.0-or-later
"""/proc/self/mounts and what df prints of it (POSIX form, coreutils' and BusyBox' headers)."""

NOISE = ["proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0", "sysfs /sys sysfs rw,nosuid,nodev,noexec,relatime 0 0",
         "devpts /dev/pts devpts rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=000 0 0"]


def escaped(text):
    return text.replace("\\", "\\134").replace(" ", "\\040")


def mounts(folder, rows, more=(), busybox=False):
    """rows: (device, mount, type, options, size KiB, used KiB, inodes, inodes used); size None: not measured by df."""
    text = "\n".join(NOISE[:2]) + "\n"
    space = "Filesystem     1024-blocks        Used   Available Capacity Mounted on\n"
    inodes = "Filesystem          Inodes       IUsed       IFree IUse% Mounted on\n"
    if busybox:
        space = "Filesystem           1024-blocks    Used Available Capacity Mounted on\n"
        inodes = "Filesystem              Inodes      Used Available Capacity Mounted on\n"
    truth = []
    for device, mount, kind, options, size, used, total, taken in rows:
        text += f"{escaped(device)} {escaped(mount)} {kind} {options} 0 0\n"
        folder.folder(mount)
        if size is None:
            continue
        reserve = size // 20 if kind == "ext4" else 0
        available = max(0, size - used - reserve)
        percent = -(-used * 100 // (used + available)) if used + available else 0
        space += f"{device:<20} {size:>11} {used:>11} {available:>11} {str(percent) + '%':>8} {mount}\n"
        share = f"{-(-taken * 100 // total)}%" if total else "-"
        inodes += f"{device:<20} {total or 0:>11} {taken or 0:>11} {(total or 0) - (taken or 0):>11} {share:>5} {mount}\n"
        truth.append({"mount": mount, "device": device, "type": kind, "size_bytes": size * 1024, "used_bytes": used * 1024,
                      "available_bytes": available * 1024, "inodes_total": total or None, "inodes_used": taken if total else None,
                      "read_only": options.split(",")[0] == "ro"})
    for line in list(NOISE[2:]) + list(more):
        text += line + "\n"
    folder.file("proc/self/mounts", text)
    folder.link("proc/mounts", "self/mounts")
    for options, output, name in (("-Pk", space, "df_space"), ("-Pi", inodes, "df_inodes")):
        folder.answer(["df", options, "**"], output, name)
    folder.answer(["df", "-PTk"], with_types(space, rows), "df_types")
    folder.answer(["df", "-h"], space, "df_space")
    folder.truth["filesystems"] = truth


def with_types(text, rows):
    kinds = {row[1]: row[2] for row in rows}
    lines = text.splitlines()
    result = [lines[0].replace("Filesystem    ", "Filesystem     Type")]
    for line in lines[1:]:
        device, rest = line.split(None, 1)
        result.append(f"{device:<20} {kinds.get(rest.split(None, 4)[-1], '-'):<8} {rest}")
    return "\n".join(result) + "\n"
