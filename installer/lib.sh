# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by installer/run and tests/run. Sourced, not run.

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# package_names FILE…: the names in the lists, without comments.
package_names() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@" | sort -u; }

# ensure_packages FILE…: installs what is missing, and nothing when nothing is.
ensure_packages() {
  command -v dpkg-query >/dev/null || die "this script installs Debian packages and found no dpkg; see README for the list"
  local name missing=()
  while read -r name; do
    [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$name" 2>/dev/null)" = "ii " ] || missing+=("$name")
  done < <(package_names "$@")
  [ ${#missing[@]} -eq 0 ] && return 0
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing and there is no sudo to install them: ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing ${#missing[@]} packages: ${missing[*]}"
  "${as_root[@]}" apt-get -qq -o DPkg::Lock::Timeout=600 update || say "the package lists could not be refreshed; going on with the present ones"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=600 --no-install-recommends \
    install "${missing[@]}" >/dev/null || die "apt-get could not install: ${missing[*]}"
}

# build_preset PRESET [TARGET…]: configures once, then builds what changed.
build_preset() {
  local preset=$1 folder="$root/build/$1" began=$SECONDS
  shift
  if [ ! -f "$folder/build.ninja" ]; then
    say "configuring preset $preset"
    (cd "$root" && cmake --preset "$preset" >"/tmp/infrastructor-configure.$$" 2>&1) || { cat "/tmp/infrastructor-configure.$$"; rm -f "/tmp/infrastructor-configure.$$"; die "cmake failed"; }
    rm -f "/tmp/infrastructor-configure.$$"
  fi
  say "building preset $preset"
  cmake --build "$folder" ${1:+--target "$@"} || die "the build failed"
  say "built in $((SECONDS - began)) s"
}
