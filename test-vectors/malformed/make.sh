#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# make.sh [--write]: damages one vector object in many ways and compares the results with what is committed (exit 1 on a
# difference). With --write it replaces the committed ones.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")"
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source-path=SCRIPTDIR source=../compile.sh
. ../compile.sh

mkdir "$work/objects"
./damage.pl ../objects/clang-19/map-in-map.bpf.o "$work/objects" >"$work/names"
{
  echo "bpfseal-malformed 1"
  while read -r name; do
    echo "object $name.bpf.o sha256=$(sum "$work/objects/$name.bpf.o")"
  done <"$work/names"
} >"$work/manifest"
keep_or_compare "${1:-}" "$work" manifest objects
