#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# build.sh OUT: compiles the guard to OUT/guard.bpf.o, with the same bytes for the same compiler wherever the source lies.
# BPF_CLANG may name another clang (14 and 19 are tried); llvm-strip is taken from beside it.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
out=${1:?usage: build.sh OUT}

missing() {
  echo "build.sh: error: $1" >&2
  echo "build.sh: hint: apt-get install $2" >&2
  exit 1
}

# The newest of Debian's, which has a folder for each version.
newest() {
  find /usr/lib -maxdepth 1 -name 'llvm-*' 2>/dev/null | sort -V | while read -r folder; do
    [ ! -x "$folder/bin/clang" ] || [ ! -x "$folder/bin/llvm-strip" ] || echo "$folder/bin/clang"
  done | tail -n 1
}

compiler=${BPF_CLANG:-$(newest)}
command -v "$compiler" >/dev/null || missing "no compiler for BPF ${compiler:-clang}" "clang llvm"
strip=$(dirname -- "$(command -v "$compiler")")/llvm-strip
[ -x "$strip" ] || missing "no $strip" "llvm"
[ -e "${BPF_HEADERS:-/usr/include}/bpf/bpf_helpers.h" ] || missing "no bpf/bpf_helpers.h" "libbpf-dev"
mkdir -p "$out"
out=$(CDPATH='' cd -- "$out" && pwd)
work=$(mktemp -d "$out/.build.XXXXXX")
trap 'rm -rf "$work"' EXIT

cd "$here"
# Freestanding: the C library's headers may lack this target.
"$compiler" -target bpf -mcpu=v3 -ffreestanding -std=gnu11 -g -O2 -Wall -Wextra -Werror -Wno-unused-parameter \
  "-ffile-prefix-map=$here=." -c guard.bpf.c -o "$work/guard.bpf.o"
# DWARF goes, BTF stays: the kernel wants it.
"$strip" -g "$work/guard.bpf.o"
mv "$work/guard.bpf.o" "$out/guard.bpf.o"
