#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# source.sh: prints a directory with the few files of the newest 7.3 kernel source that the lab compiles:
# sign-file with its headers and gen_init_cpio. Exit 77 when they can't be had.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=apt.sh
. "$here/apt.sh"
series=7.3

kept() {
  find "$lab_cache/source" -mindepth 1 -maxdepth 1 -name "$series.*" 2>/dev/null | sort -V | tail -n 1
}

directory=$(kept)
if [ -z "$directory" ]; then
  lab_begin
  directory=$(kept)
fi
if [ -z "$directory" ]; then
  lab_suites trixie-backports trixie trixie-backports || lab_missing "the kernel source can't be had"
  lab_unpack "$lab_work/root" linux-source-$series
  version=$(lab_apt_cache show --no-all-versions linux-source-$series | sed -n 's/^Version: \([0-9.]*\).*/\1/p')
  archive=$lab_work/root/usr/src/linux-source-$series.tar.xz
  mkdir "$lab_work/source"
  tar -C "$lab_work/source" --strip-components=1 -xf "$archive" --wildcards \
    '*/scripts/sign-file.c' '*/scripts/ssl-common.h' '*/include/uapi/linux/module_signature.h' \
    '*/usr/gen_init_cpio.c'
  lab_keep "$lab_work/source" "$lab_cache/source/$version"
  directory=$(kept)
fi
echo "$directory"
