#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# chromium.sh: prints the path of an executable headless Chromium, unpacked with its libraries and one family of fonts.
# Exit 77 when it can't be had.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=apt.sh
. "$here/apt.sh"
final=$lab_cache/chromium

[ -d "$final" ] || lab_begin
if [ ! -d "$final" ]; then
  # The older release's, since the system's libc is used, which may be newer but not older.
  lab_suites bookworm bookworm || lab_missing "Chromium can't be had"
  packages=$(lab_closure chromium-headless-shell fonts-dejavu-core | grep -v '^libc6=')
  # shellcheck disable=SC2086 # words
  lab_unpack "$lab_work/root" $packages
  mkdir "$lab_work/chromium"
  mv "$lab_work/root" "$lab_work/chromium/root"
  # Nothing of it but this file knows where it lies.
  cat >"$lab_work/chromium/chromium" <<'WRAPPER'
#!/bin/sh
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/root
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
cat >"$home/fonts.conf" <<FONTS
<?xml version="1.0"?>
<fontconfig><dir>$root/usr/share/fonts</dir><cachedir>$home/fonts</cachedir></fontconfig>
FONTS
export HOME="$home" FONTCONFIG_FILE="$home/fonts.conf" LD_LIBRARY_PATH="$root/usr/lib/x86_64-linux-gnu:$root/usr/lib/x86_64-linux-gnu/pulseaudio:$root/lib/x86_64-linux-gnu"
# A sandbox of its own needs what containers don't give; what it shows here are files that this machine has made.
"$root/usr/lib/chromium/chromium-headless-shell" --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$home/data" "$@"
WRAPPER
  chmod 0755 "$lab_work/chromium/chromium"
  lab_keep "$lab_work/chromium" "$final"
fi
echo "$final/chromium"
