#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# packages.sh: installs the Debian packages that the build and the lab need and that are missing, as root or with sudo,
# and prints the home of a JDK 25. Works on Debian 13; on Debian 12 a JDK 25 must be there already. Exit 77 when a
# package is missing and can't be installed.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
repository=$(CDPATH='' cd -- "$here/../.." && pwd)

missing() {
  echo "packages.sh: error: $1" >&2
  [ $# -lt 2 ] || echo "packages.sh: hint: $2" >&2
  exit 77
}

# wanted COMMAND|FILE PACKAGE: notes the package when the command or file isn't there.
wanted() {
  case $1 in
    /*) [ ! -e "$1" ] || return 0 ;;
    *) ! command -v "$1" >/dev/null || return 0 ;;
  esac
  packages="$packages $2"
}

# known PACKAGE: this release has it.
known() {
  apt-cache show --no-all-versions "$1" >/dev/null 2>&1
}

packages=
wanted mvn maven
wanted gcc gcc
wanted musl-gcc musl-tools
wanted /usr/sbin/mke2fs e2fsprogs
wanted /usr/include/linux/bpf.h linux-libc-dev
wanted /usr/include/openssl/cms.h libssl-dev
wanted /usr/include/bpf/bpf_helpers.h libbpf-dev
wanted qemu-system-x86_64 qemu-system-x86
wanted openssl openssl
wanted fsverity fsverity
wanted softhsm2-util softhsm2
wanted cpio cpio
wanted gzip gzip
wanted xz xz-utils
wanted zstd zstd
wanted mmdebstrap mmdebstrap
wanted /usr/sbin/mke2fs e2fsprogs
wanted flock util-linux
wanted /usr/share/keyrings/debian-archive-keyring.gpg debian-archive-keyring
jdk=$(sh "$repository/.mvn/find-jdk.sh" 2>/dev/null) || jdk=

export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
command -v apt-get >/dev/null || missing "no apt-get here" "needed:$packages clang-14 llvm-14 clang-19 llvm-19"
as_root=
[ "$(id -u)" -eq 0 ] || as_root=sudo
install() {
  [ -z "$as_root" ] || command -v sudo >/dev/null || missing "to be installed, but this is not root and there is no sudo: $*"
  # shellcheck disable=SC2086 # words
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@" >&2 ||
    missing "can't install: $*"
}

for version in 14 19; do
  { [ -x /usr/lib/llvm-$version/bin/clang ] && [ -x /usr/lib/llvm-$version/bin/llvm-strip ]; } ||
    compilers="${compilers:-} $version"
done
if [ -n "$packages${compilers:-}" ] || [ -z "$jdk" ]; then
  # A fresh image has no package lists.
  known libbpf-dev || $as_root apt-get -q update >&2 || missing "the package lists can't be fetched"
  if [ -z "$jdk" ]; then
    known openjdk-25-jdk-headless ||
      missing "no JDK 25, and this release has none" "unpack one under /usr/lib/jvm or set JAVA_HOME"
    packages="$packages openjdk-25-jdk-headless"
  fi
  # What this release doesn't have, clang.sh unpacks from another one.
  for version in ${compilers:-}; do
    ! known "clang-$version" || packages="$packages clang-$version llvm-$version"
  done
fi
# shellcheck disable=SC2086 # words
[ -z "$packages" ] || install $packages
sh "$repository/.mvn/find-jdk.sh"
