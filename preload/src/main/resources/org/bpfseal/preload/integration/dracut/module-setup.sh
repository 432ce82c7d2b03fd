#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# dracut: puts the preload image's files into each initramfs. Without the image none is made.
check() {
  return 0
}
depends() {
  return 0
}
install() {
  local image=/usr/lib/bpfseal/preload.img version floor
  if [ "$(head -c 6 "$image")" != 070701 ]; then
    dfatal "$image is missing or packed: bpf-preload build --compress none"
    exit 1
  fi
  version=$(cpio --quiet --extract --to-stdout etc/bpfseal/manifest <"$image" | sed -n '2s/^version //p')
  floor=$(cat /var/lib/bpfseal/floor 2>/dev/null || echo 0)
  if [ "${version:-0}" -lt "$floor" ]; then
    dfatal "$image has version ${version:-0}, and $floor was booted before"
    exit 1
  fi
  # shellcheck disable=SC2154 # dracut's
  cpio --quiet --extract --make-directories --unconditional --no-absolute-filenames --directory="$initdir" <"$image"
}
