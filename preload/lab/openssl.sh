#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# openssl.sh: prints the path of an executable openssl, 3.5 or later (the first that knows ML-DSA), unpacked with all its
# libraries so that it runs on an older Debian as well. Exit 77 when it can't be had.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=apt.sh
. "$here/apt.sh"

kept() {
  find "$lab_cache/openssl" -mindepth 2 -maxdepth 2 -name openssl -type f 2>/dev/null | sort -V | tail -n 1
}

tool=$(kept)
if [ -z "$tool" ]; then
  lab_begin
  tool=$(kept)
fi
if [ -z "$tool" ]; then
  lab_suites trixie trixie || lab_missing "openssl 3.5 can't be had"
  packages=$(lab_closure openssl libssl3t64 zlib1g libzstd1)
  version=$(echo "$packages" | sed -n 's/^openssl=\([0-9.]*\).*/\1/p')
  # shellcheck disable=SC2086 # words
  lab_unpack "$lab_work/root" $packages
  # Beside the root, so that the wrapper is found by its own place and the cache may move.
  mkdir "$lab_work/openssl"
  mv "$lab_work/root" "$lab_work/openssl/root"
  cat >"$lab_work/openssl/openssl" <<'WRAPPER'
#!/bin/sh
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/root
exec "$root/usr/lib64/ld-linux-x86-64.so.2" --library-path "$root/usr/lib/x86_64-linux-gnu" "$root/usr/bin/openssl" "$@"
WRAPPER
  chmod 0755 "$lab_work/openssl/openssl"
  OPENSSL_CONF=/dev/null "$lab_work/openssl/openssl" version >"$lab_work/version" 2>&1 ||
    lab_missing "openssl does not run here: $(cat "$lab_work/version")"
  lab_keep "$lab_work/openssl" "$lab_cache/openssl/${version:-unknown}"
  tool=$(kept)
fi
echo "$tool"
