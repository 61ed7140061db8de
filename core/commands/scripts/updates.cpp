// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/scripts/scripts.h"

namespace infra::commands {

// What the host already knows is read; its package lists are never refreshed. Empty cache names keep `apt-get` from
// writing its own caches. dnf without root makes a cache of its own in /var/tmp, so it is asked as root only.
QByteArray updatesScript()
{
    return QByteArray(R"sh(  i_reboot
  if i_has apt-get && [ -e /var/lib/dpkg/status ]; then
    echo 'manager apt'
    i_c=; [ "$I_UID" = 0 ] && i_c='-o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache='
    i_part apt; i_t 60 apt-get -s -o Debug::NoLocking=1 $i_c upgrade; i_rc apt $?
    i_part held; i_t 10 apt-mark showhold; i_rc held $?
    i_part lists; i_t 5 stat -c 'changed %Y' /var/lib/apt/lists
  elif i_has dnf; then
    echo 'manager dnf'
    i_su=; if [ "$I_UID" != 0 ]; then if [ "$I_SUDO" = 1 ]; then i_su='sudo -n'; else echo 'needs root'; return; fi; fi
    i_part dnf; i_t 60 $i_su dnf -C -q check-update; i_rc dnf $?
    i_part security; i_t 60 $i_su dnf -C -q updateinfo list --security; i_rc security $?
  elif i_has apk; then
    echo 'manager apk'
    i_part apk; i_t 30 apk version -l '<'; i_rc apk $?
  elif i_has pacman; then
    echo 'manager pacman'
    i_part pacman; i_t 30 pacman -Qu; i_rc pacman $?
  elif i_has zypper; then
    echo 'manager zypper'
    i_part zypper; i_t 60 zypper --non-interactive --no-refresh --quiet list-updates; i_rc zypper $?
  else
    echo 'manager none'
  fi
)sh");
}

// Types in this order: Unraid, Proxmox, WSL, ZFS NAS, every other Linux. A ZFS NAS has an imported pool and its purpose
// is plain: TrueNAS, OpenMediaVault, or a running NFS or Samba server.
QByteArray detectScript()
{
    return QByteArray(R"sh(  i_rel=; read -r i_rel </proc/sys/kernel/osrelease
  i_pool=0; for i_f in /proc/spl/kstat/zfs/*/state /proc/spl/kstat/zfs/*/io; do [ -e "$i_f" ] && i_pool=1; done
  i_nas=0
  if [ -d /etc/openmediavault ] || [ -e /usr/bin/midclt ] || [ -e /data/manifest.json ]; then i_nas=1; fi
  i_v=; read -r i_v </proc/fs/nfsd/threads; case $i_v in ''|0) ;; *) i_nas=1 ;; esac
  for i_f in /run/samba/smbd.pid /run/smbd.pid; do [ -e "$i_f" ] && i_nas=1; done
  if [ -e /etc/unraid-version ]; then echo 'type unraid'
  elif [ -d /etc/pve/nodes ] || { [ -d /etc/pve ] && i_has pveversion; }; then echo 'type proxmox'
  else
    case $i_rel in
      *[Mm]icrosoft*) echo 'type wsl2' ;;
      *) if [ "$i_pool$i_nas" = 11 ]; then echo 'type zfs-nas'; else echo 'type ubuntu'; fi ;;
    esac
  fi
  [ -d /run/systemd/system ] && echo 'cap systemd'
  [ -e /run/openrc/softlevel ] && echo 'cap openrc'
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then echo 'cap cgroup2'; elif [ -d /sys/fs/cgroup/memory ]; then echo 'cap cgroup1'; fi
  [ -e /proc/spl/kstat/zfs/arcstats ] && echo 'cap zfs'
  [ -e /proc/pressure/cpu ] && echo 'cap psi'
  [ -e /proc/mdstat ] && echo 'cap md'
  [ -n "$I_TO" ] && echo 'cap timeout'
  { [ /bin/sh -ef /bin/busybox ] || [ /bin/ls -ef /bin/busybox ]; } && echo 'cap busybox'
  for i_f in /sys/class/hwmon/hwmon*; do [ -e "$i_f" ] && { echo 'cap hwmon'; break; }; done
  for i_f in docker podman smartctl dnf apk pacman zypper ss inotifywait lxc qm nvidia-smi python3 perl; do
    i_has "$i_f" && echo "cap $i_f"
  done
  i_has apt-get && echo 'cap apt'
  [ "$I_UID" = 0 ] && echo 'cap root'
  if [ "$I_SUDO" = 1 ] && i_has sudo && i_t 5 sudo -n true; then echo 'cap sudo-n'; fi
)sh");
}

} // namespace infra::commands
