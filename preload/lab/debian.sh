#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# debian.sh SERIES|RELEASE: prints the path of a disk image (ext4, no partitions) with a small Debian 13: systemd as init,
# dbus, logind, podman, systemd-nspawn, the modules of that kernel (see kernel.sh), and in /srv/container a root of busybox
# for containers. Nothing in it knows of this project. Needs root, or sudo. Exit 77 when it can't be had.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=apt.sh
. "$here/apt.sh"
kernel=$("$here/kernel.sh" "${1:?usage: debian.sh SERIES or RELEASE}")
release=$(basename "${kernel%/vmlinuz}")
# Part of the name in the cache: counts the recipes.
recipe=1
final=$lab_cache/debian/$recipe/$release
packages=systemd-sysv,udev,dbus,systemd-container,podman,busybox-static,kmod,login,passwd,iproute2,nftables

if [ -e "$final/root.ext4" ]; then
  echo "$final/root.ext4"
  exit
fi
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
command -v mmdebstrap >/dev/null || lab_missing "mmdebstrap is not installed" "apt-get install mmdebstrap"
command -v mke2fs >/dev/null || lab_missing "mke2fs is not installed" "apt-get install e2fsprogs"
as_root=
[ "$(id -u)" -eq 0 ] || as_root=sudo
[ -z "$as_root" ] || command -v sudo >/dev/null || lab_missing "a root file system is made as root, and there is no sudo"
lab_begin
[ ! -e "$final/root.ext4" ] || { echo "$final/root.ext4"; exit; }
# What another user than this one owns.
trap '$as_root rm -rf "$lab_work"' EXIT

# The kernel has ext4 and NVMe built in; the rest it finds in /usr/lib/modules.
lab_suites trixie-backports trixie trixie-backports || lab_missing "no package lists"
for package in "linux-modules-$release" "linux-base-$release" "linux-image-$release"; do
  [ -n "$(lab_apt_cache pkgnames "$package" | grep -Fx "$package")" ] || continue
  lab_unpack "$lab_work/kernel" "$package"
done
modules=$lab_work/kernel/usr/lib/modules
[ -d "$modules" ] || modules=$lab_work/kernel/lib/modules
[ -d "$modules/$release/kernel" ] || lab_missing "no modules of $release in the archive"
rm -f "$modules/$release/vmlinuz"

# The same for each kernel.
base=$lab_cache/debian/$recipe/base
if [ ! -d "$base" ]; then
  lab_suites trixie trixie || lab_missing "no package lists"
  $as_root mmdebstrap --quiet --mode=root --variant=minbase --include="$packages" \
    --aptopt='APT::Install-Recommends "false"' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    trixie "$lab_work/base" "$lab_state/sources.list" >"$lab_work/debootstrap.log" 2>&1 || {
    sed "s/^/${0##*/}: /" "$lab_work/debootstrap.log" >&2
    lab_missing "mmdebstrap can't make the root"
  }
  $as_root sh -eu -s "$lab_work/base" <<'CONFIGURE'
cd "$1"
# A first boot asks for settings; this is one that has been booted before.
echo 5a1edb00710c4f0e9d2f8c1b3a6e7d90 >etc/machine-id
echo lab >etc/hostname
echo 127.0.0.1 localhost lab >etc/hosts
mkdir -p srv/container/usr/bin srv/container/etc srv/container/dev srv/container/proc srv/container/sys \
  srv/container/tmp srv/container/run srv/container/root
ln -s usr/bin srv/container/bin
cp -p usr/bin/busybox srv/container/usr/bin/
for name in sh sleep cat echo true head nc id mount; do
  ln -s busybox "srv/container/usr/bin/$name"
done
printf 'ID=busybox\nNAME=busybox\n' >srv/container/etc/os-release
echo root:x:0:0:root:/root:/bin/sh >srv/container/etc/passwd
CONFIGURE
  mkdir -p "${base%/*}"
  $as_root mv "$lab_work/base" "$base"
fi
$as_root cp -a "$base" "$lab_work/root"
$as_root cp -r "$modules" "$lab_work/root/usr/lib/"
$as_root chroot "$lab_work/root" depmod "$release"
mkdir "$lab_work/image"
truncate -s 1G "$lab_work/image/root.ext4"
$as_root mke2fs -q -t ext4 -F -d "$lab_work/root" "$lab_work/image/root.ext4" >&2
lab_keep "$lab_work/image" "$final"
echo "$final/root.ext4"
