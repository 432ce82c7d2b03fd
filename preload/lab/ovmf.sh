#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# ovmf.sh: prints a folder with UEFI firmware for QEMU: OVMF_CODE_4M.fd, and OVMF_VARS_4M.fd without variables. Exit 77
# when it can't be had.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=apt.sh
. "$here/apt.sh"
final=$lab_cache/ovmf

if [ ! -d "$final" ]; then
  lab_begin
  lab_suites trixie trixie || lab_missing "no package lists" "the firmware comes from Debian's archive"
  lab_unpack "$lab_work/root" ovmf
  mkdir "$lab_work/ovmf"
  for file in OVMF_CODE_4M.fd OVMF_VARS_4M.fd; do
    cp -L "$lab_work/root/usr/share/OVMF/$file" "$lab_work/ovmf/$file" || lab_missing "ovmf has no $file"
  done
  lab_keep "$lab_work/ovmf" "$final"
fi
echo "$final"
