// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/scripts/scripts.h"

namespace infra::commands {

// `show` asks the manager once for every unit that runs or failed (at most 300), `list-units` for all of them.
QByteArray servicesScript()
{
    return QByteArray(R"sh(  if [ ! -d /run/systemd/system ] || ! i_has systemctl; then
    if [ -e /run/openrc/softlevel ]; then echo 'manager openrc'; elif [ -d /etc/init.d ]; then echo 'manager sysv'; else echo 'manager none'; fi
    return
  fi
  echo 'manager systemd'
  i_o=$(i_t 10 systemctl list-units --all --type=service --plain --no-legend --full --no-pager 2>&1); i_r=$?
  i_part units; printf '%s\n' "$i_o"; i_rc units $i_r
  [ "$i_r" = 0 ] || return
  set -f; i_names=; i_n=0
  i_pick() {
    case $1 in *.service) ;; *) shift ;; esac
    case $3 in active|failed|activating|deactivating|reloading) ;; *) return ;; esac
    i_n=$((i_n + 1)); [ "$i_n" -gt 300 ] || i_names="$i_names $1"
  }
  IFS=$I_NL
  for i_l in $i_o; do IFS=' '; i_pick $i_l; done
  IFS=' '
  [ -n "$i_names" ] || return
  i_part show; i_t 10 systemctl show --no-pager -p Id,Result,NRestarts,MemoryCurrent,CPUUsageNSec -- $i_names; i_rc show $?
)sh");
}

// The engine's own client is used (its API may be newer than any we know); use comes from cgroup files, since `docker
// stats` takes two seconds by design. The template of `inspect` names the fields one by one: the environment holds
// secrets and is never asked
// for. `.ID` is the field of both clients' own types; Podman prints its list as an array over many lines.
QByteArray containersScript()
{
    return QByteArray(R"sh(  i_run() {
    i_o=$(i_t 15 "$@" 2>&1); i_r=$?
    if [ "$i_r" != 0 ] && [ "$I_SUDO" = 1 ]; then
      case $i_o in *[Pp]ermission*) i_o=$(i_t 15 sudo -n "$@" 2>&1); i_r=$? ;; esac
    fi
  }
  i_engine() {
    i_run "$1" ps -a --no-trunc --format '{{json .}}'
    i_part "$1.ps"; printf '%s\n' "$i_o"; i_rc "$1.ps" $i_r
    [ "$i_r" = 0 ] || return
    i_ids=; i_n=0
    set -f; IFS=$I_NL
    for i_l in $i_o; do
      case $i_l in *'"ID":"'*) i_l=${i_l#*'"ID":"'} ;; *'"Id":"'*) i_l=${i_l#*'"Id":"'} ;;
        *'"Id": "'*) i_l=${i_l#*'"Id": "'} ;; *) continue ;; esac
      i_l=${i_l%%'"'*}
      case $i_l in ''|*[!0-9a-f]*) continue ;; esac
      i_n=$((i_n + 1)); [ "$i_n" -gt 200 ] || i_ids="$i_ids $i_l"
    done
    IFS=' '
    if [ -n "$i_ids" ]; then
      i_run "$1" inspect --type container --format '{"Id":{{json .ID}},"Name":{{json .Name}},"Image":{{json .Config.Image}},"Status":{{json .State.Status}},"StartedAt":{{json .State.StartedAt}},"Health":{{if .State.Health}}{{json .State.Health.Status}}{{else}}""{{end}},"Restarts":{{json .RestartCount}},"Memory":{{json .HostConfig.Memory}},"Mounts":{{json .Mounts}},"Ports":{{json .NetworkSettings.Ports}},"Labels":{{json .Config.Labels}}}' $i_ids
      i_part "$1.inspect"; printf '%s\n' "$i_o"; i_rc "$1.inspect" $i_r
    fi
    set +f; IFS=$I_IFS
  }
  i_found=0
  if i_has docker; then i_found=1; i_engine docker; fi
  if i_has podman && { [ -d /var/lib/containers/storage ] || [ -d "${XDG_DATA_HOME:-$HOME/.local/share}/containers/storage" ]; }; then
    i_found=1; i_engine podman
  fi
  [ "$i_found" = 1 ] || { echo 'engine none'; return; }
  i_c=/sys/fs/cgroup
  i_part cgroup
  for i_d in $i_c/docker/* $i_c/*.slice/docker-*.scope $i_c/machine.slice/libpod-*.scope $i_c/libpod_parent/libpod-* \
    $i_c/user.slice/user-*.slice/user@*.service/user.slice/libpod-*.scope $i_c/*/docker/* $i_c/*/*.slice/docker-*.scope \
    $i_c/*/machine.slice/libpod-*.scope $i_c/*/libpod_parent/libpod-*; do
    [ -d "$i_d" ] || continue
    case $i_d in *libpod-conmon*) continue ;; esac
    set -- "$@" "$i_d/cpu.stat" "$i_d/cpuacct.usage" "$i_d/memory.current" "$i_d/memory.usage_in_bytes" "$i_d/memory.max" \
      "$i_d/memory.limit_in_bytes" "$i_d/memory.stat"
    [ $# -gt 4000 ] && break
  done
  if [ $# -gt 0 ]; then
    if i_has grep; then grep -asH -e '^usage_usec ' -e '^inactive_file ' -e '^total_inactive_file ' -e '^[0-9][0-9]*$' -e '^max$' "$@"
    else i_all "$@"; fi
  fi
)sh");
}

} // namespace infra::commands
