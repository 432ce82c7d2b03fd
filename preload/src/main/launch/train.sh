#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# train.sh [KEY CERT]: runs each command once and keeps what Java found out as lib/MODULE/cache.aot, for the Java that the
# commands find. A cache only saves time: one that is missing or fits no Java costs nothing else. Java tells jars apart by
# their size alone, so make it again whenever a jar changes. Without a key OpenSSL makes one, for this once.
set -eu
lib=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
bin=${lib%/lib}/bin
rm -f "$lib"/*/cache.aot
work=$(mktemp -d "$lib/.train.XXXXXX")
trap 'rm -rf "$work"' EXIT
if [ $# = 2 ]; then
  key=$1 cert=$2
else
  key=$work/key cert=$work/cert
  openssl req -new -x509 -newkey rsa:2048 -nodes -keyout "$key" -out "$cert" -days 1 -subj /CN=start-up \
    -addext subjectKeyIdentifier=hash 2>"$work/log" || {
    cat "$work/log" >&2
    exit 1
  }
fi

# keep MODULE COMMAND WORD...
keep() {
  module=$1
  command=$2
  shift 2
  JAVA_TOOL_OPTIONS="-XX:AOTCacheOutput=$work/$module.aot" "$bin/$command" "$@" >"$work/log" 2>&1 || {
    echo "train.sh: warning: $command has no start-up cache:" >&2
    grep -v '^Picked up' "$work/log" >&2
    return 0
  }
  [ ! -e "$work/$module.aot" ] || mv "$work/$module.aot" "$lib/$module/cache.aot"
}

# What people wait for: a program signed, its signature judged, an image built.
"$bin/bpf-preload" guard --out "$work/guard.bpf.o" >/dev/null
printf 'bpfseal-plan 1\nversion 1\ncert "%s"\nprogram guard.bpfs\n' "$cert" >"$work/plan"
mkdir "$work/many"
number=0
while [ $number -lt 100 ]; do
  number=$((number + 1))
  ln "$work/guard.bpf.o" "$work/many/$number.bpf.o"
done
# What a long run finds out about its methods helps a short one as well.
keep signer bpf-sign sign --key "$key" --cert "$cert" --out "$work/signed" "$work/many"
mv "$work/signed/1.bpfs" "$work/guard.bpfs"
keep verifier bpf-verify verify --cert "$cert" "$work/guard.bpfs"
"$bin/bpf-preload" manifest --plan "$work/plan" --out "$work/manifest" >/dev/null
"$bin/bpf-sign" sign --as data --key "$key" --cert "$cert" "$work/manifest" >/dev/null
keep preload bpf-preload build --plan "$work/plan" --manifest "$work/manifest" --out "$work/image"
