#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# costs.sh [--kernel SERIES] [--confirm-key rsa|p256|p256-issued] [--quick]: what system calls cost without and with the
# sealed guard, counted in instructions in one boot in QEMU. One line each, tab-separated: name, without, with, ratio, ratio of
# the medians (the others are the least of many samples). Then the bytes of an image with nothing but loader and guard, and
# of the same packed with zstd; what the boot loader took, step by step in milliseconds of a million instructions each; and,
# as the last line, the kernel's own boot, load-to-seal and their ratio. The release key is
# RSA with SHA-256; the confirm key the same (default), ECDSA P-256, or P-256 with a certificate that the release key issued.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
kernel=7.3
full=true
confirm=rsa
while [ $# -gt 0 ]; do
  case $1 in
    --kernel)
      kernel=${2:?usage: costs.sh [--kernel SERIES]}
      shift
      ;;
    --confirm-key)
      confirm=${2:?usage: costs.sh [--confirm-key rsa|p256|p256-issued]}
      shift
      ;;
    --quick) full=false ;;
    *)
      echo "costs.sh: error: unknown word $1" >&2
      echo "costs.sh: hint: costs.sh [--kernel 7.3|7.2|7.0|6.18|6.12] [--confirm-key rsa|p256|p256-issued] [--quick]" >&2
      exit 2
      ;;
  esac
  shift
done
out=$(mktemp)
log=$(mktemp)
trap 'rm -f "$out" "$log"' EXIT
code=0
JAVA_HOME=$(sh "$here/../.mvn/find-jdk.sh") CI=true mvn -B -q -ntp -f "$here/../pom.xml" -pl preload -am package \
  -Dtest=GuardCostTest -Dsurefire.failIfNoSpecifiedTests=false "-Dcosts.kernel=$kernel" "-Dcosts.full=$full" \
  "-Dcosts.confirmKey=$confirm" "-Dcosts.out=$out" >"$log" 2>&1 || code=1
cat "$out"
if [ "$code" -ne 0 ]; then
  tail -n 40 "$log" >&2
fi
exit "$code"
