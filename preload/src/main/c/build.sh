#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# build.sh OUT: compiles the boot loader OUT/init and the VM's next program OUT/vm-next, static and stripped, with the
# same bytes for the same compiler wherever the source lies. CC may name another compiler with a static C library.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
out=${1:?usage: build.sh OUT}
compiler=${CC:-musl-gcc}
limit=122880

if ! command -v "$compiler" >/dev/null; then
  echo "build.sh: error: no C compiler $compiler" >&2
  echo "build.sh: hint: apt-get install musl-tools" >&2
  exit 1
fi
mkdir -p "$out"
out=$(CDPATH='' cd -- "$out" && pwd)
work=$(mktemp -d "$out/.build.XXXXXX")
trap 'rm -rf "$work"' EXIT

# compile NAME SOURCE...
compile() {
  name=$1
  shift
  "$compiler" -std=c11 -D_GNU_SOURCE -I../bpf -Os -Wall -Wextra -Werror -Wconversion -Wshadow -Wstrict-prototypes -Wvla \
    -fstack-protector-strong -ffunction-sections -fdata-sections -ffile-prefix-map="$here"=. \
    -static -no-pie -s -Wl,--gc-sections -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-z,relro \
    -o "$work/$name" "$@"
  mv "$work/$name" "$out/$name"
}

cd "$here"
compile init ./*.c
compile vm-next vm/next.c
size=$(wc -c <"$out/init")
if [ "$size" -ge "$limit" ]; then
  echo "build.sh: error: init has $size bytes, the limit is $limit" >&2
  exit 1
fi
