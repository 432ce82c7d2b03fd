#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# prove.sh [-n CASES] [-s SEED] [-o FOLDER] [KERNEL...]: the long form of the proof. Real kernels in QEMU and the mirror
# answer CASES generated cases each (50000), and the rows of the README's table are printed: kernel, cases,
# disagreements, date, seed, and how often each word was answered. KERNEL is a series such as 7.3 (all without);
# 7.3+modules loads SHA-3, Streebog and EC-RDSA first, 7.0+fips is in FIPS mode, which Debian's 7.2 and 7.3 don't have; for
# 7.0 the archive has no modules any more, so that kernel is not asked about fs-verity either. SEED is random when it isn't given. Each disagreement is written to FOLDER
# (verifier/target/disagreements) as a verdict vector. Exit 1 when there is one. 50000 cases take a kernel ten minutes of
# one CPU, without KVM.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cases=50000
seed=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
folder=$here/../../target/disagreements
while getopts n:s:o: option; do
  case $option in
    n) cases=$OPTARG ;;
    s) seed=$OPTARG ;;
    o) folder=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
kernels=$(echo "${*:-6.12 6.18 7.0 7.2 7.3 6.18+modules 7.2+modules 7.3+modules 6.12+fips 6.18+fips 7.0+fips}" | tr ' ' ,)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
cd "$here/../../.."
CI=true mvn -B -ntp -pl verifier test-compile surefire:test -Dtest=KernelProofTest "-Dproof.cases=$cases" \
  "-Dproof.seed=$seed" "-Dproof.kernels=$kernels" "-Dproof.disagreements=$folder" >"$log" 2>&1 || status=1
# The rows; without any, what went wrong.
grep '^| [0-9]' "$log" || cat "$log" >&2
[ "$status" = 0 ] || echo "prove.sh: error: the proof failed; disagreements, if any, are in $folder" >&2
exit "$status"
