#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# initrd.sh initramfs-tools|dracut RELEASE OVERLAY OUT: has Debian 13's own tool make an initramfs for the kernel (see kernel.sh),
# in a root of its own into which the folder OVERLAY was copied, and writes it to OUT, whose path it prints. Needs root, or
# sudo. Exit 77 when it can't be had; another when the tool fails.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=apt.sh
. "$here/apt.sh"
usage='usage: initrd.sh initramfs-tools|dracut SERIES|RELEASE OVERLAY OUT'
tool=${1:?$usage}
kernel=$("$here/kernel.sh" "${2:?$usage}")
overlay=${3:?$usage}
out=${4:?$usage}
release=$(basename "${kernel%/vmlinuz}")
recipe=1
packages=initramfs-tools-core,dracut-core,dracut-install,busybox-static,systemd-sysv,udev,kmod,zstd,cpio,e2fsprogs

# shellcheck source-path=SCRIPTDIR source=debian-root.sh
. "$here/debian-root.sh"
debian_needs
lab_begin
trap '$as_root rm -rf "$lab_work"' EXIT
debian_base "$lab_cache/initrd/$recipe/base" "$packages"
debian_root "$lab_cache/initrd/$recipe/base" "$lab_work/root"
$as_root cp -r "$overlay/." "$lab_work/root/"
case $tool in
  initramfs-tools) make="mkinitramfs -o /initrd.img $release" ;;
  dracut) make="dracut --quiet --no-hostonly --kver $release /initrd.img" ;;
  *)
    echo "initrd.sh: error: $usage" >&2
    exit 2
    ;;
esac
# shellcheck disable=SC2016 # for the other shell
$as_root unshare --mount sh -euc 'mount --bind /dev "$1/dev"; mount -t proc proc "$1/proc"; mount -t tmpfs tmpfs "$1/run"
  chroot "$1" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 $2' - "$lab_work/root" "$make" >&2
$as_root install -m 0644 "$lab_work/root/initrd.img" "$out"
echo "$out"
