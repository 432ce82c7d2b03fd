#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# attacks.sh [--kernel SERIES] [--quick]: attacks held links as root on a real kernel in QEMU, each attack with and without
# the guard, and prints one line each, tab-separated: name, result without guard, result with guard, link alive, verdict.
# Exit 0 only if every verdict is good. --quick leaves out the long stresses.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
kernel=7.3
full=true
while [ $# -gt 0 ]; do
  case $1 in
    --kernel)
      kernel=${2:?usage: attacks.sh [--kernel SERIES] [--quick]}
      shift
      ;;
    --quick) full=false ;;
    *)
      echo "attacks.sh: error: unknown word $1" >&2
      echo "attacks.sh: hint: attacks.sh [--kernel 7.3|7.2|7.0|6.18|6.12] [--quick]" >&2
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
  -Dtest=GuardAttackTest -Dsurefire.failIfNoSpecifiedTests=false "-Dattacks.kernels=$kernel" "-Dattacks.full=$full" \
  "-Dattacks.out=$out" >"$log" 2>&1 || code=1
cat "$out"
if [ "$code" -ne 0 ]; then
  tail -n 40 "$log" >&2
fi
exit "$code"
