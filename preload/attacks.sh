#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# attacks.sh [--kernel SERIES] [--quick]: attacks held links as root on a real kernel in QEMU, each attack with and without
# the guard, and prints one line each, tab-separated: name, result without guard, result with guard, link alive, verdict.
# Exit 0 only if every verdict is good. --quick leaves out the long stresses.
# attacks.sh --table [--quick]: the same on all kernels, as the Markdown table of src/main/bpf/README.md.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
kernels=7.3
full=true
table=false
while [ $# -gt 0 ]; do
  case $1 in
    --kernel)
      kernels=${2:?usage: attacks.sh [--kernel SERIES] [--quick]}
      shift
      ;;
    --quick) full=false ;;
    --table) table=true kernels=7.3,7.2,7.0,6.18,6.12 ;;
    *)
      echo "attacks.sh: error: unknown word $1" >&2
      echo "attacks.sh: hint: attacks.sh [--table | --kernel 7.3|7.2|7.0|6.18|6.12] [--quick]" >&2
      exit 2
      ;;
  esac
  shift
done
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
log=$out/log
code=0
mkdir "$out/lines"
JAVA_HOME=$(sh "$here/../.mvn/find-jdk.sh") CI=true mvn -B -q -ntp -f "$here/../pom.xml" -pl preload -am package \
  -Dtest=GuardAttackTest -Dsurefire.failIfNoSpecifiedTests=false "-Dattacks.kernels=$kernels" "-Dattacks.full=$full" \
  "-Dattacks.out=$out/lines" >"$log" 2>&1 || code=1
cd "$out/lines"
# A kernel that came to no end has left no lines.
set --
for kernel in $(echo "$kernels" | tr , ' '); do
  [ ! -e "$kernel" ] || set -- "$@" "$kernel"
done
if [ $# -gt 0 ] && [ "$table" = true ]; then
  awk -f "$here/src/test/table.awk" "$@"
elif [ $# -gt 0 ]; then
  cat "$@"
fi
if [ "$code" -ne 0 ]; then
  tail -n 40 "$log" >&2
fi
exit "$code"
