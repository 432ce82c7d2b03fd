#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# kernel.sh SERIES|RELEASE: prints the path of Debian's cloud kernel (vmlinuz), the newest of a series such as 7.3, or
# an exact one such as 6.18.15 or 6.18.15+deb13-cloud-amd64. Exit 77 when it can't be had.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=apt.sh
. "$here/apt.sh"
wanted=${1:?usage: kernel.sh SERIES or RELEASE}
flavour=cloud-amd64

# Releases on stdin that are the wanted one or belong to the wanted series; the newest last.
matching() {
  while read -r release; do
    case $release in
      "$wanted" | "$wanted"[.+]*"-$flavour") echo "$release" ;;
    esac
  done | sort -uV
}

cached() {
  for directory in "$lab_cache"/kernels/*/; do
    [ ! -e "${directory}vmlinuz" ] || basename "$directory"
  done | matching | tail -n 1
}

# From 6.19 on linux-binary-V has the image and linux-image-V is a shell around it.
packaged() {
  lab_apt_cache pkgnames linux-binary- | sed -n 's/^linux-binary-//p' | matching | tail -n 1 |
    sed 's/.*/linux-binary-& &/' | grep . && return
  lab_apt_cache pkgnames linux-image- | sed -n 's/^linux-image-//p' | matching | tail -n 1 |
    sed 's/.*/linux-image-& &/'
}

answer() {
  echo "$lab_cache/kernels/$1/vmlinuz"
  exit
}

# The newest of a series is looked up once a day; an exact release never again.
fresh=$lab_cache/kernels/.$wanted.resolved
release=$(cached)
if [ -n "$release" ] && { [ -n "$(find "$fresh" -mmin -1440 2>/dev/null)" ] || [ "$release" = "$wanted" ]; }; then
  answer "$release"
fi
lab_begin
found=
if lab_suites trixie-backports trixie trixie-backports; then
  found=$(packaged)
fi
package=${found% *}
newest=${found#* }
if [ -z "$found" ]; then
  [ -z "$release" ] || answer "$release"
  lab_missing "no Debian kernel $wanted" "series that the archive has: 6.12, 6.18, 7.0, 7.2, 7.3 and others"
fi
if [ ! -e "$lab_cache/kernels/$newest/vmlinuz" ]; then
  lab_unpack "$lab_work/root" "$package"
  mkdir "$lab_work/kernel"
  for image in "$lab_work/root/boot/vmlinuz-$newest" "$lab_work/root/usr/lib/modules/$newest/vmlinuz"; do
    [ ! -f "$image" ] || mv "$image" "$lab_work/kernel/vmlinuz"
  done
  [ -f "$lab_work/kernel/vmlinuz" ] || lab_missing "$package has no vmlinuz"
  chmod 0644 "$lab_work/kernel/vmlinuz"
  lab_keep "$lab_work/kernel" "$lab_cache/kernels/$newest"
fi
: >"$fresh"
answer "$newest"
