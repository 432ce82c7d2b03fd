#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# gen_init_cpio.sh: prints the path of the kernel's gen_init_cpio, compiled from its source. Exit 77 when it can't be had.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
exec "$here/peer.sh" gen_init_cpio usr/gen_init_cpio.c
