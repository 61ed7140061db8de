// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/scripts/scripts.h"

namespace infra::commands {

// Numbers come from /proc (exact, the same everywhere), names and arguments from `ps`, whose options were tried in the
// prelude. Each line carries the file's name: a process whose name holds a new line cannot pass for another one.
QByteArray processesScript()
{
    return QByteArray(R"sh(  i_part stat; i_all /proc/[0-9]*/stat
  i_part ps; i_t 10 ps $I_PS | cut -b1-1200
)sh");
}

QByteArray usersScript()
{
    return QByteArray(R"sh(  TZ=UTC0; export TZ
  i_o=$(i_t 5 who); i_r=$?
  i_part who; printf '%s\n' "$i_o"; i_rc who $i_r
  [ -z "$i_o" ] && [ -d /run/systemd/system ] && i_has loginctl || return
  i_ids=
  i_o=$(i_t 5 loginctl list-sessions --no-legend --no-pager); i_r=$?
  set -f; IFS=$I_NL
  i_n=0
  for i_l in $i_o; do
    i_n=$((i_n + 1)); [ "$i_n" -gt 100 ] && break
    i_l=${i_l#"${i_l%%[! ]*}"}; i_ids="$i_ids ${i_l%% *}"
  done
  IFS=' '; i_part sessions
  [ -n "$i_ids" ] && i_t 5 loginctl show-session --no-pager -p Id -p Name -p TTY -p RemoteHost -p Timestamp -p Class -- $i_ids
  i_rc sessions $i_r
)sh");
}

// `ss -p` tells foreign processes to root only. An old `ss` without -H prints a header, which the parser knows.
QByteArray portsScript()
{
    return QByteArray(R"sh(  if i_has ss; then
    i_r=1
    if [ "$I_UID" = 0 ]; then i_o=$(i_t 10 ss -Htulnp); i_r=$?
    elif [ "$I_SUDO" = 1 ]; then i_o=$(i_t 10 sudo -n ss -Htulnp); i_r=$?; fi
    [ "$i_r" = 0 ] || { i_o=$(i_t 10 ss -Htulnp); i_r=$?; }
    [ "$i_r" = 0 ] || { i_o=$(i_t 10 ss -tuln); i_r=$?; }
    i_part ss; printf '%s\n' "$i_o"; i_rc ss $i_r
    [ "$i_r" = 0 ] && return
  fi
  i_part endian; head -c 6 /proc/self/exe | tail -c 1; echo
  i_part net; i_all /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6
)sh");
}

} // namespace infra::commands
