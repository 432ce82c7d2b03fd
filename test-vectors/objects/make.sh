#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# make.sh [--write]: compiles the vectors with clang 14 and 19, asks bpftool for its loader and blob, and compares all of it
# with what is committed (exit 1 on a difference). With --write it replaces the committed objects and the manifest.
# Exit 77 when a compiler or bpftool can't be had.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")"
here=$PWD
keys=$here/../../keys-example
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source-path=SCRIPTDIR source=../compile.sh
. ../compile.sh
bpftool=$("$lab/bpftool.sh")

# reference OBJECT NAME TARGET: the manifest's hashes of what bpftool makes, unsigned and in the 7.3 form, and of the 6.18
# form, which bpftool doesn't make; and of the signatures by keys-example/rsa.
reference() {
  "$bpftool" gen skeleton -L "$1" name "$2" >"$work/unsigned.h"
  "$bpftool" gen skeleton -L -S -k "$keys/rsa.key" -i "$keys/rsa.crt" "$1" name "$2" >"$work/signed.h"
  local unsigned signed data signed_data b2 order=little sig b2sig
  unsigned=$(bytes_of "$work/unsigned.h" opts_insn | sum)
  data=$(bytes_of "$work/unsigned.h" opts_data | sum)
  bytes_of "$work/signed.h" opts_insn >"$work/insns"
  signed=$(sum "$work/insns")
  signed_data=$(bytes_of "$work/signed.h" opts_data | sum)
  [ "$data" = "$signed_data" ] || { echo "make.sh: error: $1: two different blobs" >&2; exit 1; }
  [ "$3" = bpf ] || order=big
  ./b2-of-d.pl "$work/insns" "$data" "$order" >"$work/b2"
  b2=$(sum "$work/b2")
  sig=$(bytes_of "$work/signed.h" opts_sig | sum)
  b2sig=$(openssl cms -sign -binary -outform DER -in "$work/b2" -signer "$keys/rsa.crt" -inkey "$keys/rsa.key" \
    -noattr -nocerts -keyid -nosmimecap -md sha256 | sum)
  echo "unsigned=$unsigned insns=$signed b2=$b2 data=$data sig=$sig b2sig=$b2sig"
}

made=$work/made
mkdir -p "$made"
echo "bpfseal-objects 1" >"$made/manifest"
for version in 14 19; do
  use_clang "$version"
  folder=clang-$version
  mkdir "$made/$folder"
  while read -r name target loads; do
    object=$folder/$name.bpf.o
    if [ -d "$name" ]; then
      mkdir "$work/$folder-$name"
      for source in "$name"/*.bpf.c; do
        compile "${target#target=}" "$source" "$work/$folder-$name/$(basename "$source" .c).o"
      done
      "$bpftool" gen object "$made/$object" "$work/$folder-$name"/*.o
    else
      compile "${target#target=}" "$name.bpf.c" "$made/$object"
    fi
    hashes=$(reference "$made/$object" "$name" "${target#target=}")
    echo "object $object name=$name compiler=clang-$release sha256=$(sum "$made/$object") $hashes $loads"
  done <list >>"$made/manifest"
done

keep_or_compare "${1:-}" "$made" manifest clang-14 clang-19
