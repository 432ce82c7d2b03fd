#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# archives.sh [-n N] [-s SEED] [--kernel SERIES] [--keep FOLDER]: has a real kernel in QEMU unpack N odd initramfs archives,
# one a boot, and compares the whole root (path, type, mode, owner, links, size, content) with what the verifier's mirror
# says. One line each, tab-separated: number, what the kernel did, verdict, details, what the archive was. Exit 0 only if
# none is different. Where the mirror says that it can't judge, `bpf-verify` refuses. --keep lets a second run go on.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
count=500
seed=20261125
kernel=7.3
kept=
while [ $# -gt 0 ]; do
  case $1 in
    -n) count=${2:?} ;;
    -s) seed=${2:?} ;;
    --kernel) kernel=${2:?} ;;
    --keep)
      mkdir -p "${2:?}"
      kept=-Darchives.kept=$(CDPATH='' cd -- "$2" && pwd)
      ;;
    *)
      echo "archives.sh: error: unknown word $1" >&2
      echo "archives.sh: hint: archives.sh [-n N] [-s SEED] [--kernel 7.3] [--keep FOLDER]" >&2
      exit 2
      ;;
  esac
  shift 2
done
out=$(mktemp)
log=$(mktemp)
trap 'rm -f "$out" "$log"' EXIT
code=0
# shellcheck disable=SC2086 # a word or none
JAVA_HOME=$(sh "$here/../.mvn/find-jdk.sh") CI=true mvn -B -q -ntp -f "$here/../pom.xml" -pl preload -am package \
  -Dtest=OddArchiveTest -Dsurefire.failIfNoSpecifiedTests=false "-Darchives.count=$count" "-Darchives.seed=$seed" \
  "-Darchives.kernel=$kernel" "-Darchives.out=$out" $kept >"$log" 2>&1 || code=1
cat "$out"
if [ -s "$out" ]; then
  echo "kernel $kernel, seed $seed: $(cut -f 3 "$out" | sort | uniq -c | awk '{ $1 = $1; print }' | paste -s -d ',' - | sed 's/,/, /g')"
fi
if [ "$code" -ne 0 ]; then
  tail -n 40 "$log" >&2
fi
exit "$code"
