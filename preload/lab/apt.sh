# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced by the scripts of this folder: packages of a named Debian release are fetched and unpacked into the user's
# cache. Nothing is installed in the running system and no script of a package runs. The packages come from the mirror
# that the machine's own sources name, and apt checks their signatures as always.
#
# Layout of the cache: apt-NAME/ (private state of apt), kernels/, bpftool/, clang-N/, source/, bin/.
# Entries are made under a temporary name and renamed, so whatever has its final name is complete.

lab_cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/bpfseal
lab_work=

# lab_missing TEXT [HINT]: it can't be had on this machine; callers skip on 77.
lab_missing() {
  echo "${0##*/}: error: $1" >&2
  [ $# -lt 2 ] || echo "${0##*/}: hint: $2" >&2
  exit 77
}

# lab_begin: one process at a time changes the cache. Sets $lab_work, an empty directory on the cache's file system.
lab_begin() {
  mkdir -p "$lab_cache" || lab_missing "no cache directory $lab_cache"
  for lab_tool in apt-get dpkg flock; do
    command -v "$lab_tool" >/dev/null || lab_missing "$lab_tool is not installed" "the lab needs Debian or a derivative"
  done
  exec 9>"$lab_cache/lock"
  flock 9
  lab_work=$(mktemp -d "$lab_cache/tmp.XXXXXX")
  trap 'rm -rf "$lab_work"' EXIT
  trap 'exit 143' HUP INT TERM
}

# lab_mirror: the address of the Debian archive in the machine's own sources.
lab_mirror() {
  # shellcheck disable=SC2016 # the dollar sign is apt's
  apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian' 2>/dev/null |
    grep -v security | head -n 1 | grep . ||
    lab_missing "no Debian archive in the sources of apt" "run apt-get update first"
}

# lab_suites NAME SUITE...: makes lab_apt and lab_apt_cache look at these suites only. Lists are kept for 12 hours, and
# older ones are used when there is no network; false when there are none at all.
lab_suites() {
  lab_state=$lab_cache/apt-$1
  shift
  mkdir -p "$lab_state/lists/partial" "$lab_state/cache/archives/partial"
  for lab_keys in /usr/share/keyrings/debian-archive-keyring.gpg /usr/share/keyrings/debian-archive-keyring.pgp; do
    [ ! -e "$lab_keys" ] || break
  done
  lab_uri=$(lab_mirror) || return
  for lab_suite; do
    echo "deb [signed-by=$lab_keys] $lab_uri $lab_suite main"
  done >"$lab_state/sources.list"
  : >"$lab_state/status"
  cat >"$lab_state/apt.conf" <<CONF
Dir::Etc::sourcelist "$lab_state/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State::Lists "$lab_state/lists";
Dir::State::status "$lab_state/status";
Dir::Cache "$lab_state/cache";
APT::Sandbox::User "root";
Acquire::Languages "none";
CONF
  [ -n "$(find "$lab_state/updated" -mmin -720 2>/dev/null)" ] || lab_update
}

lab_update() {
  if lab_apt --error-on=any update >"$lab_work/update.log" 2>&1; then
    : >"$lab_state/updated"
  elif [ ! -e "$lab_state/updated" ]; then
    sed "s/^/${0##*/}: /" "$lab_work/update.log" >&2
    echo "${0##*/}: error: the package lists can't be fetched" >&2
    return 1
  fi
}

lab_apt() {
  APT_CONFIG=$lab_state/apt.conf apt-get "$@"
}

lab_apt_cache() {
  APT_CONFIG=$lab_state/apt.conf apt-cache "$@"
}

# lab_unpack DIRECTORY PACKAGE...: downloads the packages and unpacks them all into one directory.
lab_unpack() {
  lab_into=$1
  shift
  mkdir -p "$lab_work/deb" "$lab_into"
  if ! (cd "$lab_work/deb" && lab_apt -q download "$@") >"$lab_work/download.log" 2>&1; then
    # The archive has dropped a version since the lists were fetched.
    rm -f "$lab_state/updated"
    sed "s/^/${0##*/}: /" "$lab_work/download.log" >&2
    lab_missing "$* can't be downloaded" "if the archive has newer versions by now, try again"
  fi
  for lab_deb in "$lab_work"/deb/*.deb; do
    dpkg -x "$lab_deb" "$lab_into"
  done
  rm -rf "$lab_work/deb"
}

# lab_closure PACKAGE: the package and all it needs, as NAME=VERSION words, from an empty system.
lab_closure() {
  lab_apt -s --no-install-recommends install "$@" | sed -n 's/^Inst \([^ ]*\) (\([^ ]*\) .*/\1=\2/p'
}

# lab_keep MADE FINAL: gives something complete its final name; a loser of a race is fine with the winner's.
lab_keep() {
  mkdir -p "${2%/*}"
  [ -e "$2" ] || mv "$1" "$2"
}
