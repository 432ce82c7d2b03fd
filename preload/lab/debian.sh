#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# debian.sh SERIES|RELEASE: prints the path of a disk image (ext4, no partitions) with a small Debian 13: systemd as init,
# dbus, logind, podman, systemd-nspawn, the modules of that kernel (see kernel.sh), and in /srv/container a root of busybox
# for containers. Nothing in it knows of this project. Needs root, or sudo. Exit 77 when it can't be had.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=apt.sh
. "$here/apt.sh"
# shellcheck source-path=SCRIPTDIR source=debian-root.sh
. "$here/debian-root.sh"
kernel=$("$here/kernel.sh" "${1:?usage: debian.sh SERIES or RELEASE}")
release=$(basename "${kernel%/vmlinuz}")
# Part of the name in the cache: counts the recipes.
recipe=2
final=$lab_cache/debian/$recipe/$release
base=$lab_cache/debian/$recipe/base
packages=systemd-sysv,udev,dbus,systemd-container,podman,busybox-static,kmod,login,passwd,iproute2,nftables

if [ -e "$final/root.ext4" ]; then
  echo "$final/root.ext4"
  exit
fi
debian_needs
command -v mke2fs >/dev/null || lab_missing "mke2fs is not installed" "apt-get install e2fsprogs"
lab_begin
# What another user than this one owns.
trap '$as_root rm -rf "$lab_work"' EXIT
if [ ! -e "$final/root.ext4" ]; then
  debian_base "$base" "$packages"
  # The kernel has ext4 and NVMe built in; the rest it finds in /usr/lib/modules.
  debian_root "$base" "$lab_work/root"
  $as_root sh -eu -s "$lab_work/root" <<'CONFIGURE'
cd "$1"
# A first boot asks for settings; this is one that has been booted before.
echo 5a1edb00710c4f0e9d2f8c1b3a6e7d90 >etc/machine-id
echo lab >etc/hostname
echo 127.0.0.1 localhost lab >etc/hosts
mkdir -p srv/container/usr/bin srv/container/etc srv/container/dev srv/container/proc srv/container/sys \
  srv/container/tmp srv/container/run srv/container/root
ln -sfn usr/bin srv/container/bin
cp -p usr/bin/busybox srv/container/usr/bin/
for name in sh sleep cat echo true head nc id mount mknod; do
  ln -sfn busybox "srv/container/usr/bin/$name"
done
printf 'ID=busybox\nNAME=busybox\n' >srv/container/etc/os-release
echo root:x:0:0:root:/root:/bin/sh >srv/container/etc/passwd
CONFIGURE
  mkdir "$lab_work/image"
  truncate -s 1G "$lab_work/image/root.ext4"
  $as_root mke2fs -q -t ext4 -F -d "$lab_work/root" "$lab_work/image/root.ext4" >&2
  lab_keep "$lab_work/image" "$final"
fi
echo "$final/root.ext4"
