#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the README's picture anew: what a browser shows of the page of an image that is made here with the example keys.
# After mvn package.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
repository=$(CDPATH='' cd -- "$here/../.." && pwd)
keys=$repository/keys-example
PATH=$repository/preload/target/bpfseal/bin:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

bpf-preload guard --out guard.bpf.o >/dev/null
bpf-sign sign --key "$keys/rsa.key" --cert "$keys/rsa.crt" --out . guard.bpf.o \
  "$repository/test-vectors/objects/clang-19/lsm-observers.bpf.o" \
  "$repository/test-vectors/objects/clang-19/xdp-and-tc.bpf.o" >/dev/null
cat >plan.txt <<PLAN
bpfseal-plan 1
version 12
cert $keys/rsa.crt
guard guard.bpfs
confirm $keys/other.crt as ops
program lsm-observers.bpfs as exec_guard
  links auto stop-on-confirm
program xdp-and-tc.bpfs as net optional
  pin packets
  link frames count_frames xdp dev=lo mode=generic stop-on-confirm
  link incoming look_at_incoming tcx dev=lo
PLAN
bpf-preload manifest --plan plan.txt --out manifest >/dev/null
bpf-sign sign --as data --key "$keys/rsa.key" --cert "$keys/rsa.crt" manifest >/dev/null
bpf-preload build --plan plan.txt --manifest manifest --out preload.img >/dev/null
bpf-preload inspect preload.img --cert "$keys/rsa.crt" --html page.html >/dev/null
"$("$repository/preload/lab/chromium.sh")" --hide-scrollbars --window-size=1240,1310 \
  --screenshot="$work/inspect.png" "file://$work/page.html" 2>/dev/null
mv inspect.png "$here/inspect.png"
