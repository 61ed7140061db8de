# SPDX-License-Identifier: GPL-3.0-or-later
"""The one table."""


def mark(met):
    return {None: "", True: "met", False: "**not met**"}[met]


def render(results):
    machine = results["machine"]
    lines = [
        f"{machine['date']} · {machine['cpu']}{' (virtual)' if machine['virtual'] else ''}, {machine['cores']} cores, {machine['memory_gib']} GiB · "
        f"{machine['system']}, kernel {machine['kernel']} · {''.join(machine['compiler'])}, {machine['build']} · {machine['openssh']} · "
        f"load at the start {machine['load']}",
        "",
    ]
    loads = [f"{name} {part['load'][0]} → {part['load'][1]}" for name, part in results["parts"].items()]
    lines += ["Load of the machine: " + ", ".join(loads), "", "| what | measured | ratio | figure | |", "| --- | --- | --- | --- | --- |"]
    for row in results["rows"]:
        lines.append(f"| {row['what']} | {row['measured']} | {row['ratio'] or ''} | {row['figure'] or ''} | {mark(row['met'])} |")
    for name, part in results["parts"].items():
        if "error" in part:
            lines.append(f"| {name} | not measured: {part['error']} | | | |")
    return "\n".join(lines)
