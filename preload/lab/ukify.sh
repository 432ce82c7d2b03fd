#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# ukify.sh: prints the path of an executable ukify of Debian 13, which knows its stub; unpacked with its Python and all
# libraries so that it runs on an older Debian as well. Exit 77 when it can't be had.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=apt.sh
. "$here/apt.sh"
final=$lab_cache/ukify

[ -d "$final" ] || lab_begin
if [ ! -d "$final" ]; then
  lab_suites trixie trixie || lab_missing "ukify can't be had"
  # shellcheck disable=SC2046 # words
  lab_unpack "$lab_work/root" $(lab_closure systemd-ukify systemd-boot-efi)
  mkdir "$lab_work/ukify"
  mv "$lab_work/root" "$lab_work/ukify/root"
  # Beside the root, so that the wrapper is found by its own place and the cache may move.
  cat >"$lab_work/ukify/ukify" <<'WRAPPER'
#!/bin/sh
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/root
export PYTHONHOME="$root/usr" PYTHONPATH="$root/usr/lib/python3/dist-packages" PYTHONDONTWRITEBYTECODE=1
command=${1:?usage: ukify COMMAND ...}
shift
exec "$root/usr/lib64/ld-linux-x86-64.so.2" --library-path "$root/usr/lib/x86_64-linux-gnu" "$root/usr/bin/python3" \
  "$root/usr/bin/ukify" "$command" --stub="$root/usr/lib/systemd/boot/efi/linuxx64.efi.stub" "$@"
WRAPPER
  chmod 0755 "$lab_work/ukify/ukify"
  "$lab_work/ukify/ukify" build --help >"$lab_work/trial" 2>&1 || lab_missing "ukify does not run here: $(tail -n 1 "$lab_work/trial")"
  lab_keep "$lab_work/ukify" "$final"
fi
echo "$final/ukify"
