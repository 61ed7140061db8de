// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/scripts/scripts.h"

namespace infra::commands {

// One `grep` reads all files and puts each file's name in front of its lines, so that no file can pass for another one.
// The long lines that nobody reads (interrupt counts: 100 KB on a large server), RAM and loop disks and veth ends are
// left out on the host.
QByteArray systemScript()
{
    return QByteArray(R"sh(  i_on=; read -r i_on </sys/devices/system/cpu/online
  if [ "$i_on" != "$I_ONLINE" ] || [ -z "$I_CORES" ]; then
    I_ONLINE=$i_on; I_CORES=0; i_seen=' '
    for i_f in /sys/devices/system/cpu/cpu[0-9]*/topology/thread_siblings_list; do
      i_v=; read -r i_v <"$i_f" || continue
      case $i_seen in *" $i_v "*) ;; *) i_seen="$i_seen$i_v "; I_CORES=$((I_CORES + 1)) ;; esac
    done
  fi
  echo "machine $I_MACHINE"; echo "cores $I_CORES"
  echo blocks /sys/block/*
  echo physical /sys/class/net/*/device
  i_reboot
  i_part files
  set -- /proc/stat /proc/loadavg /proc/meminfo /proc/uptime /proc/diskstats /proc/net/dev /proc/pressure/cpu \
    /proc/pressure/io /proc/pressure/memory /proc/sys/kernel/hostname /proc/sys/kernel/osrelease /etc/unraid-version
  if [ -r /etc/os-release ]; then set -- "$@" /etc/os-release; else set -- "$@" /usr/lib/os-release; fi
  if i_has grep; then
    grep -asHv -e '^intr ' -e '^softirq ' -e '^ *[17]  *[0-9][0-9]* [lr]' -e '^ *veth' "$@"
    [ -r /proc/spl/kstat/zfs/arcstats ] && grep -asH -e '^size ' /proc/spl/kstat/zfs/arcstats
  else
    i_all "$@" /proc/spl/kstat/zfs/arcstats
  fi
)sh");
}

// The names come from sysfs; `speed` of an interface that is down is an error of its own and stays silent.
QByteArray interfacesScript()
{
    return QByteArray(R"sh(  echo physical /sys/class/net/*/device
  echo wireless /sys/class/net/*/wireless /sys/class/net/*/phy80211
  echo bridge /sys/class/net/*/bridge
  echo bonding /sys/class/net/*/bonding
  echo tunnel /sys/class/net/*/tun_flags
  i_part files
  set --; i_n=0
  for i_d in /sys/class/net/*; do
    [ -d "$i_d" ] || continue
    i_n=$((i_n + 1)); [ "$i_n" -gt 256 ] && break
    set -- "$@" "$i_d/operstate" "$i_d/speed" "$i_d/mtu" "$i_d/address" "$i_d/type" "$i_d/uevent" \
      "$i_d/statistics/rx_bytes" "$i_d/statistics/tx_bytes"
  done
  [ $# -gt 0 ] && i_all "$@"
)sh");
}

// Drives are left out: to ask `drivetemp` can keep a disk from falling asleep (Documentation/hwmon/drivetemp.rst).
QByteArray temperaturesScript()
{
    return QByteArray(R"sh(  set --; i_any=0
  for i_d in /sys/class/hwmon/hwmon*; do
    [ -d "$i_d" ] || continue
    i_v=; read -r i_v <"$i_d/name" || read -r i_v <"$i_d/device/name"
    case $i_v in drivetemp) echo "skipped $i_v"; continue ;; esac
    i_p=; if cd -P "$i_d/device"; then i_p=${PWD##*/}; cd /; fi
    printf 'chip %s %s %s\n' "${i_d##*/}" "$i_v" "$i_p"
    set -- "$@" "$i_d"/name "$i_d"/temp*_input "$i_d"/temp*_label "$i_d"/temp*_max "$i_d"/temp*_crit "$i_d"/temp*_fault \
      "$i_d"/fan*_input "$i_d"/fan*_label "$i_d"/fan*_fault
    [ -e "$i_d/name" ] || set -- "$@" "$i_d"/device/name "$i_d"/device/temp*_input "$i_d"/device/temp*_label \
      "$i_d"/device/temp*_max "$i_d"/device/temp*_crit "$i_d"/device/fan*_input "$i_d"/device/fan*_label
    for i_f in "$i_d"/temp*_input "$i_d"/device/temp*_input; do [ -e "$i_f" ] && i_any=1; done
  done
  [ "$i_any" = 0 ] && set -- "$@" /sys/class/thermal/thermal_zone*/type /sys/class/thermal/thermal_zone*/temp
  i_part sensors
  [ $# -gt 0 ] && i_all "$@"
)sh");
}

} // namespace infra::commands
