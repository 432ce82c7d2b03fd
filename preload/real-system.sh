#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# real-system.sh [--kernel SERIES] [--initramfs]: boots a small Debian 13 with systemd in QEMU, without and with the sealed guard beneath it,
# uses it, and attacks the held links from it and from containers. Prints tab-separated lines: name, result without guard,
# result with guard, for attacks whether the links are alive, verdict. With --initramfs it boots Debian from the initramfs
# that its own initramfs-tools and dracut make with the files of `bpf-preload integrate`. Exit 0 only if every verdict is good.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
kernel=7.3
test=SystemTrialTest
while [ $# -gt 0 ]; do
  case $1 in
    --kernel)
      kernel=${2:?usage: real-system.sh [--kernel SERIES] [--initramfs]}
      shift
      ;;
    --initramfs) test=IntegrationBootTest ;;
    *)
      echo "real-system.sh: error: unknown word $1" >&2
      echo "real-system.sh: hint: real-system.sh [--kernel 7.3|7.2|7.0|6.18|6.12] [--initramfs]" >&2
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
  "-Dtest=$test" -Dtest.left.out=none -Dsurefire.failIfNoSpecifiedTests=false "-Dsystem.kernels=$kernel" "-Dsystem.out=$out" \
  >"$log" 2>&1 || code=1
cat "$out"
if [ "$code" -ne 0 ]; then
  tail -n 40 "$log" >&2
fi
exit "$code"
