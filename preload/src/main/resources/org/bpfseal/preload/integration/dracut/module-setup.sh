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
  local image=/usr/lib/bpfseal/preload.img
  if [ "$(head -c 6 "$image")" != 070701 ]; then
    dfatal "$image is missing or packed: bpf-preload build --compress none"
    exit 1
  fi
  # shellcheck disable=SC2154 # dracut's
  cpio --quiet --extract --make-directories --unconditional --no-absolute-filenames --directory="$initdir" <"$image"
}
