# SPDX-License-Identifier: GPL-3.0-or-later
"""Containers: what Docker's client prints, and their cgroups (Documentation/admin-guide/cgroup-v2.rst)."""
import hashlib
import json

TEMPLATE_FIELDS = "Id Name Image Status StartedAt Health Restarts Memory Mounts Ports Labels"


def since(seconds):
    for size, word in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size} {word}"
    return "About an hour" if seconds >= 3600 else "About a minute"


class Container:
    def __init__(self, name, image, project=None, state="running", health="", ports=(), mounts=(), memory_mb=64, limit_mb=0,
                 cpu=0.01, age=86400 * 3, restarts=0):
        self.name, self.image, self.project, self.state, self.health = name, image, project, state, health
        self.ports, self.mounts, self.memory_mb, self.limit_mb, self.cpu = ports, mounts, memory_mb, limit_mb, cpu
        self.age, self.restarts = age, restarts
        self.id = hashlib.sha256(f"{project}/{name}/{image}".encode()).hexdigest()

    def labels(self):
        if not self.project:
            return {"org.opencontainers.image.title": self.name}
        return {"com.docker.compose.project": self.project, "com.docker.compose.service": self.name.split("-")[1]
                if "-" in self.name else self.name, "com.docker.compose.version": "2.29.7",
                "com.docker.compose.project.working_dir": f"/srv/compose/{self.project}"}

    def status(self):
        if self.state == "exited":
            return f"Exited (0) {since(self.age)} ago"
        if self.state == "restarting":
            return "Restarting (1) 12 seconds ago"
        text = f"Up {since(self.age)}"
        if self.state == "paused":
            return text + " (Paused)"
        return text + {"healthy": " (healthy)", "unhealthy": " (unhealthy)", "starting": " (health: starting)"}.get(self.health, "")

    def ps(self):
        ports = [f"0.0.0.0:{host}->{inner}/{protocol}" if host else f"{inner}/{protocol}" for host, inner, protocol in self.ports]
        return json.dumps({
            "Command": '"/entrypoint.sh"', "CreatedAt": f"@@now-{self.age + 40}:%Y-%m-%d %H:%M:%S +0000 UTC@@", "ID": self.id,
            "Image": self.image, "Labels": ",".join(f"{key}={value}" for key, value in sorted(self.labels().items())),
            "LocalVolumes": str(sum(1 for mount in self.mounts if mount[0] == "volume")),
            "Mounts": ",".join(mount[1] for mount in self.mounts), "Names": self.name,
            "Networks": f"{self.project}_default" if self.project else "bridge", "Ports": ", ".join(ports),
            "RunningFor": f"{since(self.age)} ago", "Size": "0B", "State": self.state, "Status": self.status()}, separators=(",", ":"))

    def inspect(self):
        ports = {}
        for host, inner, protocol in self.ports:
            ports[f"{inner}/{protocol}"] = [{"HostIp": "0.0.0.0", "HostPort": str(host)}] if host else None
        mounts = []
        for kind, source, target in self.mounts:
            entry = {"Type": kind, "Source": source, "Destination": target, "Mode": "rw", "RW": True, "Propagation": "rprivate"}
            if kind == "volume":
                entry.update(Name=source, Source=f"/var/lib/docker/volumes/{source}/_data", Driver="local", Propagation="")
            mounts.append(entry)
        values = [self.id, "/" + self.name, self.image, self.state, f"@@now-{self.age}:%Y-%m-%dT%H:%M:%S.418226914Z@@", self.health,
                  self.restarts, self.limit_mb * 1048576, mounts, ports, self.labels()]
        pairs = zip(TEMPLATE_FIELDS.split(), values)
        return "{" + ",".join(f'"{name}":{json.dumps(value, separators=(",", ":"))}' for name, value in pairs) + "}"

    def truth(self):
        return {"id": self.id, "name": self.name, "image": self.image, "engine": "docker", "state": self.state,
                "health": self.health or "none", "memory_limit_bytes": self.limit_mb * 1048576 or None,
                "ports": [{"host": host, "container": inner, "proto": protocol} for host, inner, protocol in self.ports],
                "mounts": [{"type": kind, "source": source, "target": target} for kind, source, target in self.mounts],
                "compose_project": self.project, "restarts": self.restarts}


def docker(folder, containers, place="system.slice/docker-{id}.scope"):
    folder.answer(["docker", "ps", "-a", "--no-trunc", "--format", "{{json .}}"], "".join(c.ps() + "\n" for c in containers),
                  "docker_ps", delay_ms=35)
    folder.answer(["docker", "inspect", "--type", "container", "--format", "*", "**"],
                  "".join(c.inspect() + "\n" for c in containers), "docker_inspect", delay_ms=40)
    folder.answer(["docker", "version", "--format", "*"], "27.3.1\n", "docker_version", delay_ms=20)
    for number, container in enumerate(containers):
        if container.state not in ("running", "paused"):
            continue
        base = "sys/fs/cgroup/" + place.format(id=container.id)
        used = int(container.cpu * container.age * 1e6)
        folder.file(base + "/cpu.stat", f"usage_usec {used}\nuser_usec {used * 3 // 4}\nsystem_usec {used // 4}\nnr_periods 0\n")
        folder.move(base + "/cpu.stat", "^usage_usec ", 1, container.cpu * 1e6,
                    wave={"amplitude": 0.6, "period_s": 180 + 20 * number, "phase": number})
        memory = container.memory_mb * 1048576
        folder.file(base + "/memory.current", f"{memory + memory // 8}\n")
        folder.file(base + "/memory.max", f"{container.limit_mb * 1048576 if container.limit_mb else 'max'}\n")
        folder.file(base + "/memory.stat", f"anon {memory}\nfile {memory // 8}\ninactive_anon 0\nactive_anon {memory}\n"
                                           f"inactive_file {memory // 8}\nactive_file 0\n")
    folder.truth["containers"] = [container.truth() for container in containers]


def cgroup2(folder):
    folder.file("sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory hugetlb pids rdma misc\n")
