// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/scripts/scripts.h"

namespace infra::commands {

// `df` is given the mount points of local file systems by name: BusyBox has neither -x nor -l, and a `df` that meets a
// dead NFS server hangs. /proc/mounts is read in one go and split in memory (a `read` loop costs a system call a byte).
// Network file systems are named but not measured; images that are always full and what container engines mount for
// themselves are left out.
QByteArray filesystemsScript()
{
    return QByteArray(R"sh(  i_mount() {
    i_how=local
    case $3 in
      fuseblk|fuse.shfs|fuse.mergerfs) ;;
      fuse.lxcfs|fuse.portal|fuse.gvfsd-fuse|fuse.snapfuse|fusectl|autofs|rpc_pipefs|nfsd) return ;;
      nfs|nfs4|cifs|smb3|smbfs|9p|ceph|afs|lustre|gpfs|beegfs|glusterfs|davfs|coda|ncpfs|fuse|fuse.*) i_how=remote ;;
      squashfs|erofs|iso9660|udf|cramfs|romfs) return ;;
      ext2|ext3|ext4|xfs|btrfs|zfs|f2fs|jfs|jffs2|ubifs|yaffs2|reiserfs|bcachefs|nilfs2|vfat|msdos|exfat|ntfs|ntfs3|hfsplus|ufs|tmpfs|overlay|virtiofs|rootfs) ;;
      *) case $1 in /dev/*) ;; *) return ;; esac ;;
    esac
    case $2 in
      /dev/shm) ;;
      /proc|/proc/*|/sys|/sys/*|/dev|/dev/*|/snap/*|/var/lib/snapd/*|/var/snap/*) return ;;
      /var/lib/docker/*|/var/lib/containers/*|/var/lib/containerd/*|/var/lib/kubelet/*) return ;;
      /run/docker/*|/run/containerd/*|/run/containers/*|/run/credentials/*|/run/netns/*|*/containers/storage/*) return ;;
    esac
    if [ "$i_how" = local ]; then
      i_p=$2; case $i_p in *\\*) i_p=$(printf '%b' "$i_p") ;; esac
      [ -d "$i_p" ] || return
      case $3 in
        btrfs|zfs|tmpfs|overlay|rootfs) ;;
        *) case $i_seen in *" $1 "*) return ;; esac; i_seen="$i_seen$1 " ;;
      esac
      i_n=$((i_n + 1)); [ "$i_n" -gt 256 ] && return
      case $i_ops in *" $2 "*) ;; *) i_ops="$i_ops$2 " ;; esac
    fi
    printf '%s %s %s %s %s\n' "$i_how" "$1" "$2" "$3" "${4%%,*}"
  }
  i_m=$(cat /proc/self/mounts || cat /proc/mounts)
  i_seen=' '; i_ops=' '; i_n=0
  set -f
  i_part mounts
  IFS=$I_NL
  for i_l in $i_m; do IFS=' '; i_mount $i_l; done
  IFS=' '; set --
  for i_l in $i_ops; do
    case $i_l in *\\*) i_l=$(printf '%b' "$i_l") ;; esac
    set -- "$@" "$i_l"
  done
  [ $# -gt 0 ] || return
  i_part space; i_t 5 df -Pk "$@"; i_rc space $?
  i_part inodes; i_t 5 df -Pi "$@"; i_rc inodes $?
)sh");
}

} // namespace infra::commands
