#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# make.sh [--write]: compiles the objects that can't be made into a light skeleton, with clang 19, and compares them with what
# is committed (exit 1 on a difference). With --write it replaces the committed ones. Exit 77 without the compiler.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")"
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source-path=SCRIPTDIR source=../compile.sh
. ../compile.sh

use_clang 19
mkdir "$work/clang-19"
echo "bpfseal-refused 1" >"$work/manifest"
while read -r name words; do
  object=clang-19/$name.bpf.o
  compile bpf "$name.bpf.c" "$work/$object"
  echo "object $object compiler=clang-$release sha256=$(sum "$work/$object") $words"
done <list >>"$work/manifest"
keep_or_compare "${1:-}" "$work" manifest clang-19
