#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# mutate.sh [PACKAGE...]: mutation testing of the kernel mirror. PIT changes its code in small ways, one at a time, and the
# unit tests must notice. Per package (all without) a row is printed: mutants, killed, survivors, percent. Each survivor
# must stand in pit/survivors.tsv with the reason why it can't matter, and nothing else may; else, or below 85 % in all,
# exit 1. Package "verifier" is org.bpfseal.verifier itself. PIT's own reports are in verifier/target/pit/PACKAGE.
# All takes two cores half an hour.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
base=org.bpfseal.verifier
[ $# -gt 0 ] || set -- verifier ber bytes x509 pkcs7 keyring crypto program
cd "$here/../../.."
reports=verifier/target/pit
mkdir -p "$reports"
mvn -q -ntp -pl verifier test-compile >"$reports/log" 2>&1 || { cat "$reports/log" >&2; exit 1; }
for package; do
  # Who is meant to notice: the package's own tests, and those that ask the mirror about what it judges.
  classes="$base.$package.*" excluded='' tests="$base.$package.*,$base.proof.*"
  case $package in
    verifier)
      classes="$base.*" excluded="$base.*.*"
      tests="$base.Finding*,$base.Kernel*,$base.Module*,$base.Program*,$base.proof.*" ;;
    ber | bytes | program) tests="$base.$package.*" ;;
    crypto | keyring | pkcs7 | x509) ;;
    *) echo "mutate.sh: error: no such package: $package" >&2; exit 2 ;;
  esac
  mvn -B -ntp -Ppit -pl verifier org.pitest:pitest-maven:mutationCoverage "-DtargetClasses=$classes" \
    "-DexcludedClasses=$excluded" "-DtargetTests=$tests" "-DreportsDirectory=target/pit/$package" \
    >"$reports/log" 2>&1 || { cat "$reports/log" >&2; exit 1; }
done
exec perl "$here/pit/compare.pl" "$here/pit/survivors.tsv" "$reports" "$@"
