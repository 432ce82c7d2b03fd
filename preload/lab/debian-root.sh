# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced after apt.sh by scripts that make a Debian 13 root file system for a guest.

# debian_needs: sets $as_root, empty or sudo.
debian_needs() {
  export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
  command -v mmdebstrap >/dev/null || lab_missing "mmdebstrap is not installed" "apt-get install mmdebstrap"
  as_root=
  [ "$(id -u)" -eq 0 ] || as_root=sudo
  [ -z "$as_root" ] || command -v sudo >/dev/null || lab_missing "a root file system is made as root, and there is no sudo"
}

# debian_base BASE PACKAGE,...: the packages and what they need, installed; kept in the cache.
debian_base() {
  [ ! -d "$1" ] || return 0
  lab_suites trixie trixie || lab_missing "no package lists"
  $as_root mmdebstrap --quiet --mode=root --variant=minbase --include="$2" \
    --aptopt='APT::Install-Recommends "false"' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    trixie "$lab_work/base" "$lab_state/sources.list" >"$lab_work/debootstrap.log" 2>&1 || {
    sed "s/^/${0##*/}: /" "$lab_work/debootstrap.log" >&2
    lab_missing "mmdebstrap can't make the root"
  }
  mkdir -p "${1%/*}"
  $as_root mv "$lab_work/base" "$1"
}

# debian_root BASE ROOT: a copy with the modules of $release.
debian_root() {
  lab_suites trixie-backports trixie trixie-backports || lab_missing "no package lists"
  for package in "linux-modules-$release" "linux-base-$release" "linux-image-$release"; do
    [ -n "$(lab_apt_cache pkgnames "$package" | grep -Fx "$package")" ] || continue
    lab_unpack "$lab_work/kernel" "$package"
  done
  debian_modules=$lab_work/kernel/usr/lib/modules
  [ -d "$debian_modules" ] || debian_modules=$lab_work/kernel/lib/modules
  [ -d "$debian_modules/$release/kernel" ] || lab_missing "no modules of $release in the archive"
  rm -f "$debian_modules/$release/vmlinuz"
  $as_root cp -a "$1" "$2"
  $as_root cp -r "$debian_modules" "$2/usr/lib/"
  $as_root chroot "$2" depmod "$release"
}
