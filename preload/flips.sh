#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# flips.sh [-n N] [-b BOOTS] [-s SEED]: changes one bit of a preload image at N random places (plain, gzip, xz and zstd), has
# the verifier say of each `refused` or `without effect`, and boots BOOTS of them, half of each kind, on 7.3 in QEMU: a
# refused image loads nothing that the sound one doesn't, the others report the same as the sound one. Tab-separated lines;
# exit 0 only if all agree.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
judged=10000
booted=200
seed=20261125
while [ $# -gt 0 ]; do
  case $1 in
    -n) judged=${2:?} ;;
    -b) booted=${2:?} ;;
    -s) seed=${2:?} ;;
    *)
      echo "flips.sh: error: unknown word $1" >&2
      echo "flips.sh: hint: flips.sh [-n N] [-b BOOTS] [-s SEED]" >&2
      exit 2
      ;;
  esac
  shift 2
done
out=$(mktemp)
log=$(mktemp)
trap 'rm -f "$out" "$log"' EXIT
code=0
JAVA_HOME=$(sh "$here/../.mvn/find-jdk.sh") CI=true mvn -B -q -ntp -f "$here/../pom.xml" -pl preload -am package \
  -Dtest=BitFlipTest -Dsurefire.failIfNoSpecifiedTests=false "-Dflips.judged=$judged" "-Dflips.booted=$booted" \
  "-Dflips.seed=$seed" "-Dflips.out=$out" >"$log" 2>&1 || code=1
cat "$out"
if [ "$code" -ne 0 ]; then
  tail -n 40 "$log" >&2
fi
exit "$code"
