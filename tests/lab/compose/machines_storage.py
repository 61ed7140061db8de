# SPDX-License-Identifier: GPL-3.0-or-later
"""Unraid, Proxmox VE and a ZFS NAS. The vendor's own files are composed after what users.md names of them."""
import json

import kernel
import storage
import userland
from engine import Container, cgroup2, docker
from writer import Folder

GIB = 1024 * 1024
DAY = 86400


def quoted(**values):
    return "".join(f'{name}="{value}"\n' for name, value in values.items())


def unraid(base):
    uptime = 34 * DAY + 52201.9
    folder = Folder(base, "unraid", {"kind": "unraid", "name": "tower", "shell": "sh", "busybox": userland.APPLETS, "clock_offset_s": 0,
                                     "uid": 0, "version": "Unraid 6.12.13"})
    kernel.identity(folder, "tower", "6.1.106-Unraid")
    userland.release(folder, NAME="Slackware", VERSION="15.0", ID="slackware", VERSION_ID="15.0", PRETTY_NAME="Slackware 15.0 x86_64")
    folder.file("etc/unraid-version", 'version="6.12.13"\n')
    folder.truth["system"].update(os="Unraid", os_version="6.12.13")  # what its owner calls it
    userland.account(folder, 0, "root")
    kernel.cpu(folder, 12, 6, uptime, 0.16, 5)
    kernel.memory(folder, 32 * 1024, 13900, 0, 0, 5)
    kernel.load(folder, 1.42, uptime, 12, 410, psi=False, seed=5)
    folder.truth["system"].update(cpu_threads=12, cpu_cores=6)
    drives = [("sdb", 2.4e6, 1e4, 0.05), ("sdb1", 2.4e6, 1e4, 0.05), ("sdc", 1e4, 3e5, 0.02), ("sdc1", 1e4, 3e5, 0.02),
              ("sdd", 0, 0, 0), ("sdd1", 0, 0, 0), ("sde", 0, 0, 0), ("sde1", 0, 0, 0)]
    kernel.disks(folder, uptime, [("sda", 900, 100, 0.001), ("sda1", 900, 100, 0.001)] + drives
                 + [("md1", 2.4e6, 1e4, 0.05), ("md2", 1e4, 3e5, 0.02), ("nvme0n1", 5e5, 2.1e6, 0.09), ("nvme0n1p1", 5e5, 2.1e6, 0.09)], 5)
    kernel.networks(folder, uptime, [("lo", "loopback", 2e4, 2e4, None, 65536, "unknown"),
                                     ("eth0", "physical", 1.9e6, 4.6e6, 2500, 1500, "up"),
                                     ("bond0", "bond", 1.9e6, 4.6e6, 2500, 1500, "up"),
                                     ("br0", "bridge", 1.8e6, 4.5e6, 2500, 1500, "up"),
                                     ("docker0", "bridge", 3e5, 6e5, None, 1500, "up")], 5)
    kernel.sensors(folder, [("coretemp", "coretemp.0", [("Package id 0", 49, 80, 100), ("Core 0", 46, 80, 100), ("Core 1", 48, 80, 100)], []),
                            ("nct6775", "nct6775.2592", [("SYSTIN", 34, 80, None)], [("Array Fan", 812), ("CPU Fan", 1041)])], 5)
    tib = 1024 * GIB
    storage.mounts(folder, [
        ("rootfs", "/", "rootfs", "rw,size=16281040k", 16281040, 1204880, 4070260, 41022),
        ("tmpfs", "/run", "tmpfs", "rw,nosuid,nodev,size=32768k", 32768, 1320, 4096000, 1411),
        ("/dev/sda1", "/boot", "vfat", "rw,noatime,nodiratime,fmask=0177", 30 * GIB, 1 * GIB, 0, 0),
        ("/dev/md1p1", "/mnt/disk1", "xfs", "rw,noatime,nouuid,attr2", 11 * tib, int(8.9 * tib), 1171875000, 412200),
        ("/dev/md2p1", "/mnt/disk2", "xfs", "rw,noatime,nouuid,attr2", 11 * tib, int(6.1 * tib), 1171875000, 220110),
        ("/dev/md3p1", "/mnt/disk3", "xfs", "rw,noatime,nouuid,attr2", int(7.3 * tib), int(6.0 * tib), 781250000, 310921),
        ("/dev/nvme0n1p1", "/mnt/cache", "btrfs", "rw,noatime,space_cache=v2,subvolid=5,subvol=/", 931 * GIB, 402 * GIB, 0, 0),
        ("shfs", "/mnt/user", "fuse.shfs", "rw,nosuid,nodev,noatime,user_id=0,group_id=0", int(29.3 * tib), 21 * tib, 3125000000, 943231)])
    folder.folder("etc/init.d", "run/samba")
    cgroup2(folder)
    docker(folder, [
        Container("plex", "lscr.io/linuxserver/plex:latest", ports=[(32400, 32400, "tcp")],
                  mounts=[("bind", "/mnt/user/media", "/media"), ("bind", "/mnt/user/appdata/plex", "/config")], memory_mb=1290, cpu=0.22,
                  age=9 * DAY),
        Container("paperless", "ghcr.io/paperless-ngx/paperless-ngx:2.12", health="healthy", ports=[(8010, 8000, "tcp")],
                  mounts=[("bind", "/mnt/user/documents", "/usr/src/paperless/media")], memory_mb=640, cpu=0.02, age=9 * DAY),
        Container("syncthing", "lscr.io/linuxserver/syncthing:latest", ports=[(8384, 8384, "tcp"), (22000, 22000, "tcp")],
                  memory_mb=310, cpu=0.05, age=34 * DAY),
        Container("vaultwarden", "vaultwarden/server:1.32.3", health="healthy", ports=[(8222, 80, "tcp")], memory_mb=55, cpu=0.002,
                  age=20 * DAY),
        Container("transcode-test", "alpine:3.20", state="exited", age=21 * DAY)], place="docker/{id}")
    userland.processes(folder, uptime, [
        (1, 0, "root", "init", "init", 2400, 0.001, uptime), (1311, 1, "root", "emhttpd", "/usr/local/bin/emhttpd", 5100, 0.008, uptime),
        (1722, 1, "root", "shfs", "/usr/local/bin/shfs /mnt/user -disks 15 -o noatime,allow_other", 88100, 0.09, uptime),
        (1904, 1, "root", "smbd", "/usr/sbin/smbd -D", 21000, 0.02, uptime),
        (2210, 1, "root", "dockerd", "/usr/bin/dockerd -p /var/run/dockerd.pid --log-level=fatal", 118000, 0.012, uptime),
        (9120, 9090, "nobody", "Plex Media Serv", "/usr/lib/plexmediaserver/Plex Media Server", 701200, 0.2, 9 * DAY)]
        + userland.kernel_threads(10, uptime), 12)
    userland.sockets(folder, [("tcp", "0.0.0.0", 22, "sshd"), ("tcp", "0.0.0.0", 80, "nginx"), ("tcp", "0.0.0.0", 445, "smbd"),
                              ("tcp", "0.0.0.0", 8010, "docker-proxy"), ("tcp", "0.0.0.0", 8384, "docker-proxy"),
                              ("udp", "0.0.0.0", 5353, "avahi-daemon"), ("tcp", "0.0.0.0", 32400, "docker-proxy")])
    userland.logins(folder, [])
    unraid_files(folder, uptime)
    folder.close()


def unraid_files(folder, uptime):
    """emhttp's state and the driver's /proc/mdstat, which is key=value on Unraid."""
    folder.file("var/local/emhttp/var.ini", quoted(version="6.12.13", NAME="tower", mdState="STARTED", fsState="Started", mdNumDisks=4,
                mdNumDisabled=0, mdNumInvalid=0, mdNumMissing=0, mdResync=0, mdResyncPos=0, mdResyncDt=0, sbSynced=1792000000,
                sbSynced2=1792052113, sbSyncErrs=0, sbSyncExit=0, shareCount=4, uptime=int(uptime)))
    disks = [("parity", 0, "sde", "11718885324", "PARITY-UN5E01", "DISK_OK", 1, "*", "green-blink"),
             ("disk1", 1, "sdb", "11718885324", "DATA-UN5E02", "DISK_OK", 0, "33", "green-on"),
             ("disk2", 2, "sdc", "11718885324", "DATA-UN5E03", "DISK_OK", 0, "34", "green-on"),
             ("disk3", 3, "sdd", "7814026532", "DATA-UN5E04", "DISK_OK", 1, "*", "green-blink"),
             ("cache", 30, "nvme0n1", "976762584", "NVME-UN5E05", "DISK_OK", 0, "41", "green-on")]
    text = mdstat = ""
    for name, index, device, size, serial, status, down, temperature, color in disks:
        text += f'["{name}"]\n' + quoted(idx=index, name=name, device=device, id=serial, size=size, status=status, spundown=down,
                                         temp=temperature, numReads=1820312, numWrites=90211, numErrors=0, color=color,
                                         type="Parity" if name == "parity" else "Cache" if name == "cache" else "Data")
        if index < 30:
            mdstat += (f"diskNumber.{index}={index}\ndiskName.{index}={'' if index == 0 else 'md%dp1' % index}\ndiskSize.{index}={size}\n"
                       f"diskState.{index}=7\ndiskId.{index}={serial}\nrdevNumber.{index}={index}\nrdevStatus.{index}={status}\n"
                       f"rdevName.{index}={device}\nrdevSize.{index}={size}\nrdevId.{index}={serial}\nrdevNumErrors.{index}=0\n")
    folder.file("var/local/emhttp/disks.ini", text)
    folder.file("proc/mdstat", "sbName=/boot/config/super.dat\nsbVersion=2.9.13\nsbSynced=1792000000\nsbSynced2=1792052113\nsbSyncErrs=0\n"
                "sbSyncExit=0\nmdVersion=2.9.27\nmdState=STARTED\nmdNumDisks=4\nmdNumDisabled=0\nmdNumInvalid=0\nmdNumMissing=0\n"
                "mdResyncAction=check P\nmdResyncSize=11718885324\nmdResyncCorr=0\nmdResync=0\nmdResyncPos=0\nmdResyncDt=0\nmdResyncDb=0\n"
                + mdstat)
    folder.file("var/local/emhttp/shares.ini", "".join(f'["{name}"]\n' + quoted(name=name, free=free, size=0, useCache=cache, include="")
                for name, free, cache in (("media", 4400193536, "no"), ("documents", 4400193536, "yes"), ("appdata", 554696704, "only"))))
    folder.file("var/local/emhttp/network.ini", '["eth0"]\n' + quoted(BONDING="yes", BRIDGING="yes", MTU="1500"))


def proxmox(base):
    uptime = 88 * DAY + 2811.5
    folder = Folder(base, "proxmox", {"kind": "proxmox", "name": "pve1", "shell": "sh", "busybox": userland.APPLETS, "clock_offset_s": 0,
                                      "uid": 0, "version": "Proxmox VE 8.2"})
    kernel.identity(folder, "pve1", "6.8.12-2-pve")
    userland.release(folder, NAME="Debian GNU/Linux", VERSION_ID="12", ID="debian", PRETTY_NAME="Debian GNU/Linux 12 (bookworm)")
    userland.account(folder, 0, "root")
    kernel.cpu(folder, 24, 12, uptime, 0.27, 7)
    kernel.memory(folder, 128 * 1024, 91200, 8192, 402, 7)
    kernel.load(folder, 4.83, uptime, 24, 1102, seed=7)
    folder.truth["system"].update(cpu_threads=24, cpu_cores=12)
    cgroup2(folder)
    kernel.disks(folder, uptime, [("nvme0n1", 1.1e6, 6.2e6, 0.14), ("nvme0n1p2", 1e3, 0, 0), ("nvme0n1p3", 1.1e6, 6.2e6, 0.14),
                                  ("nvme1n1", 2.6e6, 7.9e6, 0.18), ("dm-0", 1e5, 1e5, 0.01), ("dm-1", 2.2e6, 6.1e6, 0.12)], 7)
    kernel.networks(folder, uptime, [("lo", "loopback", 5e4, 5e4, None, 65536, "unknown"),
                                     ("eno1", "physical", 3.3e6, 2.9e6, 10000, 1500, "up"), ("eno2", "physical", 0, 0, None, 1500, "down"),
                                     ("vmbr0", "bridge", 3.1e6, 2.7e6, None, 1500, "up"), ("tap101i0", "virtual", 9e5, 8e5, 10, 1500, "unknown"),
                                     ("veth201i0", "virtual", 2e5, 1e5, 10000, 1500, "up")], 7)
    kernel.sensors(folder, [("coretemp", "coretemp.0", [("Package id 0", 63, 82, 100), ("Core 0", 60, 82, 100), ("Core 4", 62, 82, 100)], []),
                            ("nvme", "nvme0", [("Composite", 47, 82, 85)], []), ("nvme", "nvme1", [("Composite", 49, 82, 85)], [])], 7)
    storage.mounts(folder, [
        ("/dev/mapper/pve-root", "/", "ext4", "rw,relatime,errors=remount-ro", 94 * GIB, 31 * GIB, 6291456, 92110),
        ("/dev/nvme0n1p2", "/boot/efi", "vfat", "rw,relatime,fmask=0022", 1046508, 12020, 0, 0),
        ("tmpfs", "/run", "tmpfs", "rw,nosuid,nodev,size=13172840k", 13172840, 3104, 16466050, 1802),
        ("/dev/nvme1n1", "/var/lib/vz", "xfs", "rw,relatime,attr2", 1863 * GIB, 1499 * GIB, 390721968, 812),
        ("vault:/mnt/tank/pve", "/mnt/pve/nas", "nfs", "rw,relatime,vers=3", None, 0, 0, 0)],
        ["/dev/fuse /etc/pve fuse rw,nosuid,nodev,relatime,user_id=0,group_id=0 0 0"])
    units = [("pveproxy.service", "PVE API Proxy Server", 188), ("pvedaemon.service", "PVE API Daemon", 171),
             ("pvestatd.service", "PVE Status Daemon", 142), ("pve-cluster.service", "The Proxmox VE cluster filesystem", 61),
             ("qmeventd.service", "PVE Qemu Event Daemon", 1), ("pve-firewall.service", "Proxmox VE firewall", 98)]
    userland.units(folder, userland.common_units()
                   + [(name, text, "active", "running", "success", 0, memory, 0.008) for name, text, memory in units], uptime)
    guests = [(101, "qemu", "nextcloud", "running", 4, 8), (102, "qemu", "home-assistant", "running", 2, 4), (103, "qemu", "win-lab", "stopped", 8, 16),
              (201, "lxc", "dns1", "running", 1, 1), (202, "lxc", "mail", "running", 2, 4)]
    processes = [(1, 0, "root", "systemd", "/sbin/init", 12900, 0.003, uptime),
                 (1210, 1, "root", "pvestatd", "pvestatd", 142000, 0.02, uptime), (1260, 1, "www-data", "pveproxy", "pveproxy", 171000, 0.004, uptime),
                 (1190, 1, "root", "pmxcfs", "/usr/bin/pmxcfs", 61200, 0.003, uptime)]
    processes += [(3000 + guest[0], 1, "root", "kvm", f"/usr/bin/kvm -id {guest[0]} -name {guest[2]},debug-threads=on -smp {guest[4]}",
                   guest[5] * 1048576, 0.3 * guest[4], 40 * DAY) for guest in guests if guest[1] == "qemu" and guest[3] == "running"]
    userland.processes(folder, uptime, processes + userland.kernel_threads(10, uptime), 24)
    userland.sockets(folder, [("tcp", "0.0.0.0", 22, "sshd"), ("tcp", "*", 8006, "pveproxy"), ("tcp", "*", 3128, "spiceproxy"),
                              ("tcp", "127.0.0.1", 85, "pvedaemon"), ("udp", "0.0.0.0", 111, "rpcbind")])
    userland.logins(folder, [("root", "pts/0", "192.0.2.14", 640)])
    userland.apt(folder, "Proxmox:12/bookworm", [("pve-manager", "8.2.4", "8.2.7", False), ("qemu-server", "8.2.2", "8.2.4", False),
                                                 ("libssl3", "3.0.14-1~deb12u1", "3.0.14-1~deb12u2", True)], hours=20)
    pve_files(folder, guests)
    folder.close()


def pve_files(folder, guests):
    folder.folder("etc/pve/nodes/pve1/qemu-server", "etc/pve/nodes/pve1/lxc")
    folder.answer(["pveversion"], "pve-manager/8.2.4/faa83925c9641325 (running kernel: 6.8.12-2-pve)\n", "pveversion", delay_ms=300)
    kinds = {"qemu": "qemu", "lxc": "lxc"}
    ids = {str(guest[0]): {"node": "pve1", "type": kinds[guest[1]], "version": 10 + i} for i, guest in enumerate(guests)}
    folder.file("etc/pve/.vmlist", json.dumps({"version": 12, "ids": ids}, indent=0) + "\n")
    resources = [{"id": "node/pve1", "type": "node", "node": "pve1", "status": "online", "maxcpu": 24, "cpu": 0.27, "maxmem": 137438953472,
                  "mem": 95630131200, "uptime": 7606011}]
    for number, kind, name, status, cores, gib in guests:
        entry = {"id": f"{kind}/{number}", "type": kind, "node": "pve1", "vmid": number, "name": name, "status": status, "template": 0,
                 "maxcpu": cores, "maxmem": gib * 1024 ** 3}
        if status == "running":
            entry.update(cpu=0.08, mem=gib * 1024 ** 3 * 3 // 4, uptime=3456000)
        resources.append(entry)
    folder.answer("pvesh get /cluster/resources --output-format json", json.dumps(resources) + "\n", "pvesh_resources", delay_ms=700)
    table = "      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID       \n"
    for number, kind, name, status, _, gib in guests:
        if kind == "qemu":
            table += f"{number:>10} {name:<20} {status:<10} {gib * 1024:<10} {32.0:>12.2f} {3000 + number if status == 'running' else 0:<10}\n"
    folder.answer("qm list", table, "qm_list", delay_ms=420)
    folder.truth["guests"] = [{"id": number, "type": kind, "node": "pve1", "name": name, "status": status, "vcpus": cores,
                               "memory_max_bytes": gib * 1024 ** 3} for number, kind, name, status, cores, gib in guests]


def zfs_nas(base):
    uptime = 52 * DAY + 30011.77
    folder = Folder(base, "zfs-nas", {"kind": "zfs-nas", "name": "vault", "shell": "sh", "busybox": userland.APPLETS, "clock_offset_s": 0,
                                      "version": "Debian 12, OpenZFS 2.2.6"})
    kernel.identity(folder, "vault", "6.1.0-26-amd64")
    userland.release(folder, NAME="Debian GNU/Linux", VERSION_ID="12", ID="debian", PRETTY_NAME="Debian GNU/Linux 12 (bookworm)")
    userland.account(folder, 1000, "lab")
    kernel.cpu(folder, 8, 4, uptime, 0.12, 9)
    kernel.memory(folder, 64 * 1024, 50100, 8192, 0, 9)
    kernel.load(folder, 0.88, uptime, 8, 480, seed=9)
    folder.truth["system"].update(cpu_threads=8, cpu_cores=4)
    cgroup2(folder)
    disks = [(f"sd{letter}", 1.6e6, 1.1e6, 0.11) for letter in "abcdef"]
    kernel.disks(folder, uptime, disks + [("nvme0n1", 2e4, 9e4, 0.01), ("nvme0n1p1", 2e4, 9e4, 0.01)], 9)
    kernel.networks(folder, uptime, [("lo", "loopback", 1e3, 1e3, None, 65536, "unknown"),
                                     ("enp3s0f0", "physical", 6.1e6, 11.4e6, 10000, 9000, "up"),
                                     ("enp3s0f1", "physical", 0, 0, None, 1500, "down")], 9)
    kernel.sensors(folder, [("k10temp", "pci-k10temp", [("Tctl", 47.2, None, None)], []),
                            ("drivetemp", "0:0:0:0", [(None, 36, 60, 70)], []),
                            ("nct6798", "nct6775.656", [("SYSTIN", 33, 80, None)], [("Front", 690), ("Rear", 702)])], 9)
    tib = 1024 * GIB
    storage.mounts(folder, [
        ("/dev/nvme0n1p1", "/", "ext4", "rw,relatime,errors=remount-ro", 228 * GIB, 19 * GIB, 15261696, 141002),
        ("tmpfs", "/run", "tmpfs", "rw,nosuid,nodev,size=6590080k", 6590080, 1480, 8237600, 1204),
        ("tank", "/mnt/tank", "zfs", "rw,xattr,noacl", int(11.6 * tib), 8192, 24930000000, 22),
        ("tank/media", "/mnt/tank/media", "zfs", "rw,xattr,noacl", int(31.2 * tib), int(19.6 * tib), 24930512010, 512010),
        ("tank/backup", "/mnt/tank/backup", "zfs", "rw,xattr,noacl", int(17.9 * tib), int(6.3 * tib), 24930110400, 110400)])
    arc = 31 * 1024 ** 3
    folder.file("proc/spl/kstat/zfs/arcstats", "9 1 0x01 123 33456 4010882 5212011992\nname                            type data\n"
                f"hits                            4    9120331202\nmisses                          4    41220110\nsize                            4    {arc}\n"
                f"c                               4    {arc + 1048576}\nc_max                           4    33736687616\n")
    folder.move("proc/spl/kstat/zfs/arcstats", "^hits ", 2, 2030)
    folder.file("proc/spl/kstat/zfs/tank/state", "ONLINE\n")
    folder.file("proc/fs/nfsd/threads", "8\n")
    folder.file("run/samba/smbd.pid", "1422\n")
    zpool(folder)
    userland.units(folder, userland.common_units() + [
        ("zfs-zed.service", "ZFS Event Daemon (zed)", "active", "running", "success", 0, 3, 0.001),
        ("nfs-server.service", "NFS server and services", "active", "exited", "success", 0, None, 0),
        ("smbd.service", "Samba SMB Daemon", "active", "running", "success", 0, 44, 0.03),
        ("smartmontools.service", "Self Monitoring and Reporting Technology (SMART) Daemon", "active", "running", "success", 0, 5, 0.001)], uptime)
    userland.processes(folder, uptime, [
        (1, 0, "root", "systemd", "/sbin/init", 12700, 0.002, uptime), (1422, 1, "root", "smbd", "/usr/sbin/smbd --foreground --no-process-group", 44100, 0.03, uptime),
        (1380, 1, "root", "zed", "/usr/sbin/zed -F", 3200, 0.001, uptime),
        (20110, 1422, "mara", "smbd", "/usr/sbin/smbd --foreground --no-process-group", 31000, 0.08, 18000)]
        + userland.kernel_threads(9, uptime)
        + [(801, 2, "root", "z_wr_iss", None, 0, 0.03, uptime), (802, 2, "root", "txg_sync", None, 0, 0.02, uptime)], 8)
    userland.sockets(folder, [("tcp", "0.0.0.0", 22, None), ("tcp", "0.0.0.0", 445, None), ("tcp", "0.0.0.0", 2049, None), ("udp", "0.0.0.0", 111, None)])
    userland.logins(folder, [("mara", "pts/0", "192.0.2.14", 120)])
    userland.apt(folder, "Debian:12/bookworm", [("tzdata", "2024a-0+deb12u1", "2024b-0+deb12u1", False)], hours=5)
    folder.close()


def zpool(folder):
    tib = 1024 ** 4
    folder.answer("zpool list -Hp -o name,size,alloc,free,frag,cap,health,guid",
                  f"tank\t{int(65.4 * tib)}\t{int(39.1 * tib)}\t{int(26.3 * tib)}\t11\t59\tONLINE\t9817214403719120331\n", "zpool_list", delay_ms=40)
    drives = "".join(f"            ata-NAS-DISK-{letter}  ONLINE       0     0     0\n" for letter in "ABCDEF")
    folder.answer("zpool status -p", "  pool: tank\n state: ONLINE\n  scan: scrub repaired 0B in 14:20:11 with 0 errors on Sun Nov 10 14:44:12 2024\n"
                  "config:\n\n        NAME                STATE     READ WRITE CKSUM\n        tank                ONLINE       0     0     0\n"
                  "          raidz2-0          ONLINE       0     0     0\n" + drives + "\nerrors: No known data errors\n", "zpool_status", delay_ms=60)
    folder.answer("zfs list -Hp -o name,used,avail,refer,usedsnap,mountpoint -t filesystem,volume",
                  f"tank\t{int(26 * tib)}\t{int(11.6 * tib)}\t8388608\t0\t/mnt/tank\ntank/media\t{int(19.7 * tib)}\t{int(11.6 * tib)}\t{int(19.6 * tib)}\t{tib // 10}\t/mnt/tank/media\n"
                  f"tank/backup\t{int(6.3 * tib)}\t{int(11.6 * tib)}\t{int(6.2 * tib)}\t{tib // 10}\t/mnt/tank/backup\n", "zfs_list", delay_ms=60)
