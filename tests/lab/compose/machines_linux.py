# SPDX-License-Identifier: GPL-3.0-or-later
"""Ubuntu servers, WSL2, a BusyBox router and a very large machine."""
import kernel
import storage
import userland
from engine import Container, cgroup2, docker
from writer import Folder

GIB = 1024 * 1024  # in KiB
DAY = 86400


def ubuntu(base, name, hostname, uptime, threads, cores, ram_mb, used_mb, busy, load, seed, kernel_name="6.8.0-48-generic"):
    folder = Folder(base, name, {"kind": "linux", "name": hostname, "shell": "sh", "busybox": userland.APPLETS, "clock_offset_s": 0,
                                 "sudo": False, "version": "Ubuntu 24.04"})
    kernel.identity(folder, hostname, kernel_name)
    userland.release(folder, NAME="Ubuntu", VERSION_ID="24.04", ID="ubuntu", PRETTY_NAME="Ubuntu 24.04.1 LTS")
    userland.account(folder, 1000, "lab")
    kernel.cpu(folder, threads, cores, uptime, busy, seed)
    kernel.memory(folder, ram_mb, used_mb, 4096, 180, seed)
    kernel.load(folder, load, uptime, threads, 240, seed=seed)
    folder.truth["system"].update(cpu_threads=threads, cpu_cores=cores)
    cgroup2(folder)
    return folder


def ubuntu_web(base):
    uptime = 23 * DAY + 41311.27
    folder = ubuntu(base, "ubuntu-web", "web1", uptime, 4, 2, 16 * 1024, 9830, 0.21, 0.94, 3)
    kernel.disks(folder, uptime, [("nvme0n1", 180e3, 910e3, 0.06), ("nvme0n1p1", 0, 0, 0), ("nvme0n1p2", 180e3, 905e3, 0.06),
                                  ("sda", 95e3, 240e3, 0.03), ("sda1", 95e3, 240e3, 0.03)], 3)
    kernel.networks(folder, uptime, [("lo", "loopback", 41e3, 41e3, None, 65536, "unknown"),
                                     ("enp1s0", "physical", 384e3, 1.27e6, 1000, 1500, "up"),
                                     ("docker0", "bridge", 0, 0, None, 1500, "down"),
                                     ("br-4f1c20a9d3e7", "bridge", 210e3, 640e3, 10000, 1500, "up"),
                                     ("veth3a81c07", "virtual", 120e3, 320e3, 10000, 1500, "up")], 3)
    kernel.sensors(folder, [("k10temp", "pci0000-k10temp", [("Tctl", 54.6, None, None)], []),
                            ("nvme", "nvme0", [("Composite", 41.9, 84, 88), ("Sensor 1", 44.8, None, None)], [])], 3)
    storage.mounts(folder, [
        ("/dev/nvme0n1p2", "/", "ext4", "rw,relatime", 229 * GIB, 84 * GIB, 15269888, 812204),
        ("/dev/nvme0n1p1", "/boot/efi", "vfat", "rw,relatime,fmask=0077", 523248, 6220, 0, 0),
        ("tmpfs", "/run", "tmpfs", "rw,nosuid,nodev,size=1630216k", 1630216, 2140, 2037770, 1102),
        ("/dev/sda1", "/srv", "ext4", "rw,relatime", 916 * GIB, 793 * GIB, 61054976, 4120331)],
        ["overlay /var/lib/docker/overlay2/9d/merged overlay rw,relatime 0 0"])
    units = userland.common_units() + [
        ("docker.service", "Docker Application Container Engine", "active", "running", "success", 0, 142, 0.011),
        ("containerd.service", "containerd container runtime", "active", "running", "success", 0, 61, 0.004),
        ("certbot.service", "Certbot", "inactive", "dead", "success", 0, None, 0),
        ("backup-offsite.service", "Nightly copy to the second site", "failed", "failed", "exit-code", 0, None, 0.0004),
        ("fail2ban.service", "Fail2Ban Service", "active", "running", "success", 1, 33, 0.003)]
    userland.units(folder, units, uptime)
    hours = 3600
    docker(folder, [
        Container("edge-proxy-1", "traefik:3.1", "edge", health="healthy", ports=[(80, 80, "tcp"), (443, 443, "tcp")],
                  mounts=[("bind", "/srv/compose/edge/certs", "/certs")], memory_mb=96, limit_mb=256, cpu=0.04, age=12 * DAY),
        Container("site-web-1", "nginx:1.27", "site", health="healthy", ports=[(8080, 80, "tcp")],
                  mounts=[("volume", "site_pages", "/usr/share/nginx/html")], memory_mb=38, cpu=0.012, age=12 * DAY),
        Container("site-app-1", "registry.example.net/site/app:2.8.4", "site", health="unhealthy", ports=[(0, 3000, "tcp")],
                  memory_mb=612, limit_mb=768, cpu=0.18, age=31 * hours, restarts=4),
        Container("site-db-1", "postgres:16.4", "site", health="healthy", ports=[(0, 5432, "tcp")],
                  mounts=[("volume", "site_data", "/var/lib/postgresql/data")], memory_mb=418, limit_mb=1024, cpu=0.06, age=12 * DAY),
        Container("cloud-app-1", "nextcloud:29-fpm", "cloud", ports=[(0, 9000, "tcp")],
                  mounts=[("bind", "/srv/cloud", "/var/www/html")], memory_mb=505, cpu=0.09, age=5 * DAY),
        Container("cloud-cache-1", "redis:7.4", "cloud", health="healthy", ports=[(0, 6379, "tcp")], memory_mb=22, cpu=0.006,
                  age=5 * DAY),
        Container("cloud-cron-1", "nextcloud:29-fpm", "cloud", memory_mb=88, cpu=0.003, age=5 * DAY),
        Container("umami", "ghcr.io/umami-software/umami:v2.13", ports=[(3001, 3000, "tcp")], memory_mb=204, cpu=0.01, age=19 * DAY),
        Container("old-blog", "ghost:5.79", state="exited", age=16 * DAY)])
    userland.processes(folder, uptime, [
        (1, 0, "root", "systemd", "/sbin/init", 13100, 0.003, uptime),
        (312, 1, "root", "systemd-journal", "/lib/systemd/systemd-journald", 39400, 0.002, uptime),
        (702, 1, "root", "sshd", "sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups", 9100, 0.001, uptime),
        (811, 1, "root", "containerd", "/usr/bin/containerd", 61200, 0.006, uptime),
        (914, 1, "root", "dockerd", "/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock", 142800, 0.012, uptime),
        (2101, 1900, "root", "traefik", "traefik --providers.docker --entrypoints.web.address=:80", 98000, 0.04, 12 * DAY),
        (2230, 2200, "999", "postgres", "postgres: site site 172.20.0.4(51322) idle", 88100, 0.05, 12 * DAY),
        (4410, 4388, "1000", "node", "node /app/server.js", 628000, 0.18, 31 * hours),
        (5102, 5090, "www-data", "php-fpm8.3", "php-fpm: pool www", 121000, 0.07, 5 * DAY),
        (6010, 5990, "999", "redis-server", "redis-server *:6379", 22900, 0.006, 5 * DAY)] + userland.kernel_threads(10, uptime), 4)
    userland.sockets(folder, [("tcp", "0.0.0.0", 22, None), ("tcp", "0.0.0.0", 80, None), ("tcp", "0.0.0.0", 443, None),
                              ("tcp", "0.0.0.0", 3001, None), ("tcp", "0.0.0.0", 8080, None), ("udp", "127.0.0.53%lo", 53, None),
                              ("tcp", "127.0.0.53%lo", 53, None), ("tcp", "[::]", 22, None), ("udp", "0.0.0.0", 68, None)])
    userland.logins(folder, [("mara", "pts/0", "192.0.2.14", 5400)])
    userland.apt(folder, "Ubuntu:24.04/noble", [
        ("libssl3t64", "3.0.13-0ubuntu3.3", "3.0.13-0ubuntu3.4", True), ("openssl", "3.0.13-0ubuntu3.3", "3.0.13-0ubuntu3.4", True),
        ("linux-image-generic", "6.8.0-48.48", "6.8.0-49.49", True), ("curl", "8.5.0-2ubuntu10.4", "8.5.0-2ubuntu10.5", True),
        ("tzdata", "2024a-3ubuntu1.1", "2024b-0ubuntu0.24.04", False), ("snapd", "2.63+24.04ubuntu0.1", "2.65.3+24.04", False),
        ("python3-apt", "2.7.7ubuntu3", "2.7.7ubuntu4", False)], held=["docker-ce"], reboot=True)
    folder.close()


def ubuntu_db(base):
    uptime = 141 * DAY + 9120.66
    folder = ubuntu(base, "ubuntu-db", "db1", uptime, 8, 4, 64 * 1024, 47200, 0.34, 2.71, 8)
    kernel.disks(folder, uptime, [("nvme0n1", 4.2e6, 9.7e6, 0.22), ("nvme0n1p1", 0, 0, 0), ("nvme0n1p2", 4.2e6, 9.6e6, 0.22),
                                  ("nvme1n1", 3.9e6, 9.1e6, 0.21)], 8)
    kernel.networks(folder, uptime, [("lo", "loopback", 9e3, 9e3, None, 65536, "unknown"),
                                     ("eno1", "physical", 2.1e6, 5.4e6, 10000, 1500, "up"),
                                     ("eno2", "physical", 0, 0, None, 1500, "down")], 8)
    kernel.sensors(folder, [("coretemp", "coretemp.0", [("Package id 0", 61, 84, 100), ("Core 0", 58, 84, 100),
                                                        ("Core 1", 60, 84, 100), ("Core 2", 57, 84, 100)], []),
                            ("nct6798", "nct6775.656", [("SYSTIN", 36, 80, None)], [("fan1", 1138), ("fan2", 1294)])], 8)
    storage.mounts(folder, [
        ("/dev/nvme0n1p2", "/", "ext4", "rw,relatime", 457 * GIB, 61 * GIB, 30531584, 301220),
        ("/dev/nvme0n1p1", "/boot/efi", "vfat", "rw,relatime,fmask=0077", 523248, 6220, 0, 0),
        ("/dev/nvme1n1", "/var/lib/postgresql", "xfs", "rw,noatime,attr2", 1863 * GIB, 1240 * GIB, 390721968, 48210),
        ("vault:/mnt/tank/backup", "/backup", "nfs4", "rw,relatime,vers=4.2", None, 0, 0, 0)])
    userland.units(folder, userland.common_units() + [
        ("postgresql@16-main.service", "PostgreSQL Cluster 16-main", "active", "running", "success", 0, 18240, 0.9),
        ("pgbouncer.service", "connection pooler for PostgreSQL", "active", "running", "success", 0, 42, 0.03),
        ("prometheus-postgres-exporter.service", "Prometheus exporter for PostgreSQL", "active", "running", "success", 2, 31, 0.01)],
        uptime)
    userland.processes(folder, uptime, [
        (1, 0, "root", "systemd", "/sbin/init", 12800, 0.002, uptime),
        (690, 1, "root", "sshd", "sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups", 9000, 0.001, uptime),
        (1201, 1, "postgres", "postgres", "/usr/lib/postgresql/16/bin/postgres -D /var/lib/postgresql/16/main", 912000, 0.02, uptime),
        (1233, 1201, "postgres", "postgres", "postgres: 16/main: checkpointer", 8120000, 0.04, uptime),
        (1234, 1201, "postgres", "postgres", "postgres: 16/main: walwriter", 41000, 0.06, uptime),
        (20411, 1201, "postgres", "postgres", "postgres: 16/main: shop shop 192.0.2.21(40112) SELECT", 3900000, 0.62, 71000),
        (20466, 1201, "postgres", "postgres", "postgres: 16/main: shop shop 192.0.2.21(40188) idle", 2100000, 0.31, 70500),
        (1410, 1, "postgres", "pgbouncer", "/usr/sbin/pgbouncer /etc/pgbouncer/pgbouncer.ini", 42800, 0.03, uptime)]
        + userland.kernel_threads(10, uptime), 8)
    userland.sockets(folder, [("tcp", "0.0.0.0", 22, None), ("tcp", "192.0.2.20", 5432, None), ("tcp", "192.0.2.20", 6432, None),
                              ("tcp", "*", 9187, None), ("udp", "127.0.0.53%lo", 53, None)])
    userland.logins(folder, [])
    folder.answer("loginctl list-sessions --no-legend --no-pager", "", "loginctl")
    userland.apt(folder, "Ubuntu:24.04/noble", [("postgresql-16", "16.4-0ubuntu0.24.04.2", "16.6-0ubuntu0.24.04.1", True),
                                                ("libpq5", "16.4-0ubuntu0.24.04.2", "16.6-0ubuntu0.24.04.1", True),
                                                ("tzdata", "2024a-3ubuntu1.1", "2024b-0ubuntu0.24.04", False)], hours=9)
    folder.close()


def wsl2(base):
    uptime = 2 * DAY + 3011.42
    folder = Folder(base, "wsl2", {"kind": "wsl2", "name": "desk-wsl", "shell": "sh", "busybox": userland.APPLETS, "clock_offset_s": 0,
                                   "sudo": False, "version": "WSL 2.3.24, Ubuntu 22.04"})
    kernel.identity(folder, "desk-wsl", "5.15.167.4-microsoft-standard-WSL2")
    userland.release(folder, NAME="Ubuntu", VERSION_ID="22.04", ID="ubuntu", PRETTY_NAME="Ubuntu 22.04.5 LTS")
    userland.account(folder, 1000, "lab")
    kernel.cpu(folder, 16, 8, uptime, 0.05, 11)
    kernel.memory(folder, 15 * 1024, 3310, 4096, 0, 11)
    kernel.load(folder, 0.22, uptime, 16, 96, psi=False, seed=11)
    folder.truth["system"].update(cpu_threads=16, cpu_cores=8)
    kernel.disks(folder, uptime, [("sda", 1e3, 0, 0.001), ("sdb", 2e3, 1e3, 0.001), ("sdc", 60e3, 110e3, 0.02)], 11)
    kernel.networks(folder, uptime, [("lo", "loopback", 3e3, 3e3, None, 65536, "unknown"),
                                     ("eth0", "virtual", 44e3, 12e3, 10000, 1500, "up")], 11)
    storage.mounts(folder, [
        ("/dev/sdc", "/", "ext4", "rw,relatime,discard,errors=remount-ro,data=ordered", 1007 * GIB, 71 * GIB, 67108864, 501120),
        ("none", "/mnt/wslg", "tmpfs", "rw,relatime", 7851208, 92, 1962802, 42),
        ("C:\\", "/mnt/c", "9p", "rw,noatime,dirsync,aname=drvfs;path=C:\\;uid=1000;gid=1000;symlinkroot=/mnt/", None, 0, 0, 0)])
    folder.folder("etc/init.d")
    userland.processes(folder, uptime, [
        (1, 0, "root", "init(Ubuntu)", "/init", 2100, 0.001, uptime), (9, 1, "root", "init", "plan9 --control-socket 5", 1800, 0.001, uptime),
        (212, 1, "lab", "bash", "-bash", 5400, 0.001, 40000),
        (431, 212, "lab", "node", "node /home/lab/.vscode-server/bin/server-main.js", 188000, 0.03, 39000)], 16)
    userland.sockets(folder, [("tcp", "127.0.0.1", 35217, None), ("udp", "10.255.255.254", 53, None), ("tcp", "0.0.0.0", 2222, None)])
    userland.logins(folder, [("lab", "pts/1", "", 39800)])
    userland.apt(folder, "Ubuntu:22.04/jammy", [], hours=30)
    folder.close()


def busybox(base):
    """A small router: Alpine's layout, BusyBox for everything, no systemd, no engine, musl (no getconf of ours)."""
    uptime = 61 * DAY + 70212.08
    applets = [name for name in userland.APPLETS if name not in ("realpath", "base64")] + ["busybox", "ash"]
    folder = Folder(base, "busybox", {"kind": "busybox", "name": "gate", "shell": "sh", "busybox": applets, "clock_offset_s": 0,
                                      "uid": 0, "version": "Alpine 3.20"})
    kernel.identity(folder, "gate", "6.6.58-0-lts", "aarch64", clock_ticks=False)
    userland.release(folder, NAME="Alpine Linux", VERSION_ID="3.20.3", ID="alpine", PRETTY_NAME="Alpine Linux v3.20")
    userland.account(folder, 0, "root")
    kernel.cpu(folder, 4, 4, uptime, 0.07, 14)
    kernel.memory(folder, 1024, 212, 0, 0, 14)
    kernel.load(folder, 0.11, uptime, 4, 71, psi=False, seed=14)
    folder.truth["system"].update(cpu_threads=4, cpu_cores=4)
    kernel.disks(folder, uptime, [("sda", 800, 2400, 0.002), ("sda1", 800, 2400, 0.002)], 14)
    kernel.networks(folder, uptime, [("lo", "loopback", 100, 100, None, 65536, "unknown"),
                                     ("eth0", "physical", 910e3, 120e3, 1000, 1500, "up"),
                                     ("eth1", "physical", 118e3, 890e3, 1000, 1500, "up"),
                                     ("wlan0", "wireless", 31e3, 210e3, None, 1500, "up"),
                                     ("br-lan", "bridge", 120e3, 900e3, None, 1500, "up")], 14)
    kernel.sensors(folder, [("cpu_thermal", None, [(None, 47.7, None, 110)], [])], 14)
    storage.mounts(folder, [("/dev/sda1", "/", "ext4", "rw,relatime", 7 * GIB, 1 * GIB, 466944, 21022),
                            ("tmpfs", "/run", "tmpfs", "rw,nodev,nosuid,size=101100k", 101100, 212, 126375, 211)], busybox=True)
    folder.file("run/openrc/softlevel", "default\n")
    folder.folder("etc/init.d")
    folder.file("proc/self/exe", "\x7fELF\x02\x01")
    folder.file("proc/self/smaps", "aaaac4d60000-aaaac4e3d000 r-xp 00000000 08:01 391 /bin/busybox\nSize:  884 kB\n"
                                   "KernelPageSize:        4 kB\nMMUPageSize:           4 kB\n")
    head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    folder.file("proc/net/tcp", head + "   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2301 1\n"
                "   1: 0102A8C0:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2388 1\n")
    folder.file("proc/net/udp", head + "  11: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 2290 2\n"
                "  12: 00000000:0043 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 2291 2\n")
    folder.truth["ports"] = [{"proto": "tcp", "address": "0.0.0.0", "port": 22}, {"proto": "tcp", "address": "192.168.2.1", "port": 80},
                             {"proto": "udp", "address": "0.0.0.0", "port": 53}, {"proto": "udp", "address": "0.0.0.0", "port": 67}]
    userland.processes(folder, uptime, [
        (1, 0, "root", "init", "/sbin/init", 1600, 0.001, uptime), (2, 0, "root", "kthreadd", None, 0, 0.001, uptime),
        (1802, 1, "root", "dnsmasq", "/usr/sbin/dnsmasq -k", 2900, 0.01, uptime),
        (1811, 1, "root", "hostapd", "/usr/sbin/hostapd /etc/hostapd/hostapd.conf", 5200, 0.02, uptime),
        (1840, 1, "root", "sshd", "sshd: /usr/sbin/sshd [listener] 0 of 10-100 startups", 4100, 0.001, uptime)], 4, busybox=True)
    userland.logins(folder, [])
    folder.answer(["apk", "version", "-l", "<"], "Installed:                                Available:\n"
                  "curl-8.9.1-r1                           < 8.9.1-r2\nmusl-1.2.5-r0                           < 1.2.5-r1\n", "apk_version")
    folder.truth["updates"] = {"pending": 2, "security": None, "held": None, "reboot_required": None}
    folder.close()


def bigiron(base):
    """256 threads, 1.5 TiB of memory, many disks and interfaces."""
    uptime = 204 * DAY + 11.03
    folder = Folder(base, "bigiron", {"kind": "linux", "name": "bigiron", "shell": "sh", "busybox": userland.APPLETS,
                                      "clock_offset_s": 0, "sudo": False, "version": "Rocky Linux 9.4"})
    kernel.identity(folder, "bigiron", "5.14.0-427.40.1.el9_4.x86_64")
    userland.release(folder, NAME="Rocky Linux", VERSION_ID="9.4", ID="rocky", PRETTY_NAME="Rocky Linux 9.4 (Blue Onyx)")
    userland.account(folder, 1000, "lab")
    kernel.cpu(folder, 256, 128, uptime, 0.46, 21)
    kernel.memory(folder, 1536 * 1024, 702 * 1024, 32768, 0, 21)
    kernel.load(folder, 118.4, uptime, 256, 4120, seed=21)
    folder.truth["system"].update(cpu_threads=256, cpu_cores=128)
    disks = [(f"nvme{i}n1", 21e6 + 1e6 * i, 14e6 - 5e5 * i, 0.3) for i in range(12)]
    kernel.disks(folder, uptime, disks, 21)
    kernel.networks(folder, uptime, [("lo", "loopback", 1e6, 1e6, None, 65536, "unknown")]
                    + [(f"ens{i}f{j}np{j}", "physical", 40e6 / (i + 1), 52e6 / (i + 1), 100000, 9000, "up") for i in range(4) for j in range(2)]
                    + [("bond0", "bond", 92e6, 110e6, 200000, 9000, "up")], 21)
    kernel.sensors(folder, [("k10temp", f"pci-k10temp-{i}", [("Tctl", 66 + i, None, None)]
                             + [(f"Tccd{n}", 52 + n, None, None) for n in range(1, 9)], []) for i in range(2)], 21)
    storage.mounts(folder, [("/dev/nvme0n1p3", "/", "xfs", "rw,relatime,attr2", 893 * GIB, 312 * GIB, 468713472, 1203441),
                            ("/dev/nvme0n1p1", "/boot", "xfs", "rw,relatime,attr2", 1 * GIB, 402112, 524288, 361),
                            ("/dev/md127", "/scratch", "xfs", "rw,noatime,attr2", 38400 * GIB, 21900 * GIB, 8053063680, 90312011)])
    userland.units(folder, [row for row in userland.common_units() if not row[0].startswith(("apt", "apparmor"))]
                   + [("slurmd.service", "Slurm node daemon", "active", "running", "success", 0, 310, 0.02)], uptime)
    jobs = [(40000 + i, 39000, "hpc", "lmp_mpi", f"lmp_mpi -in run{i // 8}.lmp", 3100000, 0.9, 86000 - 400 * i) for i in range(110)]
    userland.processes(folder, uptime, [(1, 0, "root", "systemd", "/usr/lib/systemd/systemd", 15100, 0.004, uptime)] + jobs
                       + userland.kernel_threads(12, uptime), 256)
    userland.sockets(folder, [("tcp", "0.0.0.0", 22, None), ("tcp", "0.0.0.0", 6818, None)])
    userland.logins(folder, [("ops", "pts/0", "198.51.100.7", 812)])
    folder.answer(["dnf", "-C", "-q", "check-update"], "kernel.x86_64  5.14.0-427.42.1.el9_4  baseos\n", "dnf_check", exit=100)
    folder.close()
