#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# costs.sh [--kernel SERIES] [--quick]: what system calls cost without and with the sealed guard, counted in instructions in
# one boot in QEMU. One line each, tab-separated: name, without, with, ratio, ratio of the medians (the others are the least
# of several rounds). Then what the boot loader took, step by step in milliseconds of a million instructions each, and, as
# the last line, the kernel's own boot, load-to-seal and their ratio.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
kernel=7.3
full=true
while [ $# -gt 0 ]; do
  case $1 in
    --kernel)
      kernel=${2:?usage: costs.sh [--kernel SERIES] [--quick]}
      shift
      ;;
    --quick) full=false ;;
    *)
      echo "costs.sh: error: unknown word $1" >&2
      echo "costs.sh: hint: costs.sh [--kernel 7.3|7.2|7.0|6.18|6.12] [--quick]" >&2
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
  "-Dcosts.out=$out" >"$log" 2>&1 || code=1
cat "$out"
if [ "$code" -ne 0 ]; then
  tail -n 40 "$log" >&2
fi
exit "$code"
