#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# bpftool.sh: prints the path of an executable bpftool, 7.8 or later (the first that signs with form D), unpacked with
# all its libraries so that it runs on an older Debian as well. Exit 77 when it can't be had.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=apt.sh
. "$here/apt.sh"

kept() {
  find "$lab_cache/bpftool" -mindepth 2 -maxdepth 2 -name bpftool -type f 2>/dev/null | sort -V | tail -n 1
}

tool=$(kept)
if [ -z "$tool" ]; then
  lab_begin
  tool=$(kept)
fi
if [ -z "$tool" ]; then
  lab_suites trixie-backports trixie trixie-backports || lab_missing "bpftool can't be had"
  packages=$(lab_closure bpftool/trixie-backports libelf1t64 libssl3t64 zlib1g libzstd1 libcap2)
  version=$(echo "$packages" | sed -n 's/^bpftool=\([0-9.]*\).*/\1/p')
  # shellcheck disable=SC2086 # words
  lab_unpack "$lab_work/root" $packages
  # Beside the root, so that the wrapper is found by its own place and the cache may move.
  mkdir "$lab_work/bpftool"
  mv "$lab_work/root" "$lab_work/bpftool/root"
  cat >"$lab_work/bpftool/bpftool" <<'WRAPPER'
#!/bin/sh
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/root
exec "$root/usr/lib64/ld-linux-x86-64.so.2" --library-path "$root/usr/lib/x86_64-linux-gnu" "$root/usr/sbin/bpftool" "$@"
WRAPPER
  chmod 0755 "$lab_work/bpftool/bpftool"
  "$lab_work/bpftool/bpftool" version >"$lab_work/version" 2>&1 || lab_missing "bpftool does not run here: $(cat "$lab_work/version")"
  lab_keep "$lab_work/bpftool" "$lab_cache/bpftool/${version:-unknown}"
  tool=$(kept)
fi
echo "$tool"
