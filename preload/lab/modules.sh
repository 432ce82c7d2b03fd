#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# modules.sh SERIES|RELEASE: prints a folder with modules of that kernel (see kernel.sh), ready for insmod: the hashes and
# signatures that Debian doesn't build in (SHA-3 where it is a module, Streebog, EC-RDSA), and loop, for file systems in
# files. Exit 77 when they can't be had.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=apt.sh
. "$here/apt.sh"
kernel=$("$here/kernel.sh" "${1:?usage: modules.sh SERIES or RELEASE}")
release=$(basename "${kernel%/vmlinuz}")
final=$lab_cache/modules/$release

if [ ! -d "$final" ]; then
  lab_begin
  lab_suites trixie-backports trixie trixie-backports ||
    lab_missing "no package lists" "the modules of $release come from Debian's archive"
  mkdir "$lab_work/modules"
  # Up to 7.0 they are with the image, in one or the other package; later in one of their own.
  for package in "linux-modules-$release" "linux-image-$release" "linux-binary-$release"; do
    [ -n "$(lab_apt_cache pkgnames "$package" | grep -Fx "$package")" ] || continue
    lab_unpack "$lab_work/root" "$package"
    for name in libsha3 sha3 sha3_generic streebog_generic ecrdsa_generic loop; do
      find "$lab_work/root" -name "$name.ko.xz" | while read -r module; do
        xz -dc "$module" >"$lab_work/modules/$name.ko"
      done
    done
    [ ! -e "$lab_work/modules/ecrdsa_generic.ko" ] || break
  done
  [ -e "$lab_work/modules/ecrdsa_generic.ko" ] || lab_missing "no modules of $release in the archive"
  lab_keep "$lab_work/modules" "$final"
fi
echo "$final"
