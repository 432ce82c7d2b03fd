#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sign-file.sh: prints the path of the kernel's sign-file, compiled from its source. Exit 77 when it can't be had.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
exec "$here/peer.sh" sign-file scripts/sign-file.c -lcrypto
