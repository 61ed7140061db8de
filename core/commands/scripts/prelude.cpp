// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/scripts/scripts.h"

namespace infra::commands {

// Only builtins see the nonce (`echo`, functions): it never stands in the argument list of a process, where a user of
// the host could read it and forge a frame. Children read from /dev/null, so that they cannot eat the next message.
QByteArray preludeHead()
{
    return QByteArray(
        R"sh(LC_ALL=C; export LC_ALL; LANG=C; NO_COLOR=1; export NO_COLOR; SYSTEMD_COLORS=0; export SYSTEMD_COLORS
PATH="${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"; export PATH
unalias -a 2>/dev/null; set +u +e +x +f +a
unset PS_FORMAT PS_PERSONALITY GREP_OPTIONS BLOCK_SIZE BLOCKSIZE DF_BLOCK_SIZE COLUMNS TZ I_ONLINE I_CORES I_TO
I_IFS=$(printf ' \t\nx'); I_IFS=${I_IFS%x}; IFS=$I_IFS; I_NL=${I_IFS#??}
cd /
i_has() { command -v "$1" >/dev/null 2>&1; }
I_UID=$(id -u 2>/dev/null </dev/null)
I_MACHINE=$(uname -m 2>/dev/null </dev/null)
I_TICK=$(getconf CLK_TCK 2>/dev/null </dev/null)
I_PAGE=$(getconf PAGESIZE 2>/dev/null </dev/null)
if [ -z "$I_PAGE" ]; then
  while read -r i_k i_v i_u; do
    case $i_k in KernelPageSize:) I_PAGE=$((i_v * 1024)); break ;; esac
  done 2>/dev/null </proc/self/smaps
fi
if i_has timeout; then
  if timeout 9 true </dev/null 2>/dev/null; then I_TO=timeout
  elif timeout -t 9 true </dev/null 2>/dev/null; then I_TO='timeout -t'; fi
fi
if ps -o user:32= -p $$ </dev/null >/dev/null 2>&1; then I_PS='-ewwo pid,user:32,args'
elif ps -o pid,user,args </dev/null >/dev/null 2>&1; then I_PS='-o pid,user,args'
else I_PS=w; fi
i_t() { i_s=$1; shift; if [ -n "$I_TO" ]; then $I_TO "$i_s" "$@"; else "$@"; fi; }
i_part() { echo; echo "@@$I_N =$1"; }
i_rc() { echo; echo "@@$I_N !$1 $2"; }
i_all() {
  if i_has grep; then grep -asH '^' "$@"; return; fi
  for i_f; do
    [ -r "$i_f" ] || continue
    while IFS= read -r i_l || [ -n "$i_l" ]; do printf '%s:%s\n' "$i_f" "$i_l"; done <"$i_f"
  done
}
i_reboot() {
  if [ -e /run/reboot-required ] || [ -e /var/run/reboot-required ]; then echo 'reboot 1'
  elif [ -e /usr/share/update-notifier/notify-reboot-required ] || [ -e /etc/kernel/postinst.d/unattended-upgrades ]; then
    echo 'reboot 0'
  fi
}
)sh");
}

// A section ends with its own mark ".kind", printed inside what `head` caps: where it is missing, the section was cut
// off.
QByteArray preludeTail()
{
    return QByteArray(R"sh(i_host() {
  i_up=; read -r i_up i_l </proc/uptime
  if [ -n "$EPOCHREALTIME" ]; then echo "epoch $EPOCHREALTIME"; else date '+epoch %s.%N'; fi
  echo "uptime $i_up"; echo "uid $I_UID"; echo "tick $I_TICK"; echo "page $I_PAGE"
}
i_close() { echo; echo "@@$I_N .$1"; }
i_small() { { "i_$1"; i_close "$1"; } </dev/null 2>/dev/null; }
i_large() { { "i_$1"; i_close "$1"; } </dev/null 2>/dev/null | head -c "$2"; }
i_cycle() {
  I_N=$1; I_SUDO=$2; i_d=$3; shift 3
  echo; echo "@@$I_N host"
  times
  i_host </dev/null 2>/dev/null
  if [ "$i_d" = 1 ]; then echo; echo "@@$I_N detect"; i_small detect; fi
  for i_kind do
    echo; echo "@@$I_N $i_kind"
    case $i_kind in
      system_metrics) i_small "$i_kind" ;;
      updates) i_large "$i_kind" 1048576 ;;
      *) i_large "$i_kind" 2097152 ;;
    esac
  done
  echo; echo "@@$I_N cost"
  times
  echo; echo "@@$I_N end 0"
}
)sh");
}

QByteArray sectionScript(Kind kind)
{
    switch (kind) {
    case Kind::SystemMetrics:
        return systemScript();
    case Kind::Filesystems:
        return filesystemsScript();
    case Kind::Interfaces:
        return interfacesScript();
    case Kind::Temperatures:
        return temperaturesScript();
    case Kind::Processes:
        return processesScript();
    case Kind::Services:
        return servicesScript();
    case Kind::Containers:
        return containersScript();
    case Kind::Users:
        return usersScript();
    case Kind::Ports:
        return portsScript();
    case Kind::Updates:
        return updatesScript();
    case Kind::Drives:
    case Kind::Zfs:
    case Kind::Guests:
    case Kind::Unraid:
        return {};
    }
    return {};
}

} // namespace infra::commands
