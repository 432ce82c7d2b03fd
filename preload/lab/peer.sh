#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# peer.sh NAME SOURCE [LIBRARY...]: compiles one file of the kernel source and prints the binary's path. Exit 77 when
# the source or the compiler can't be had.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=apt.sh
. "$here/apt.sh"
name=$1
file=$2
shift 2
directory=$("$here/source.sh")
binary=$lab_cache/bin/${directory##*/}/$name
if [ ! -x "$binary" ]; then
  lab_begin
  ${CC:-gcc} -O2 -w -I "$directory/scripts" -I "$directory/include/uapi" -o "$lab_work/$name" "$directory/$file" "$@" >&2 ||
    lab_missing "$name can't be compiled" "apt-get install gcc libc6-dev libssl-dev"
  lab_keep "$lab_work/$name" "$binary"
fi
echo "$binary"
