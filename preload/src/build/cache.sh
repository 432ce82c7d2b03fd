#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# cache.sh DISTRIBUTION: makes the jars such that Java can cache their classes, runs each command once and keeps what Java
# found out as lib/MODULE/cache.aot. A cache is no part of what is built: it differs from run to run, and one that is
# missing or doesn't fit a Java only costs time. Java tells jars apart by their size alone, so the caches must go whenever a
# jar changes.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
repository=$(CDPATH='' cd -- "$here/../../.." && pwd)
distribution=$(CDPATH='' cd -- "${1:?usage: cache.sh DISTRIBUTION}" && pwd)
lib=$distribution/lib
keys=$repository/keys-example

jars=$(find "$lib" -name '*.jar' | LC_ALL=C sort)
java=$(sh "$repository/.mvn/find-jdk.sh")
state() {
  echo "$jars" | xargs -d '\n' cksum | cat - "$here"/* "$lib/launch.sh" "$java/release" | cksum
}
[ "$(cat "$lib/cache.state" 2>/dev/null)" != "$(state)" ] || exit 0
rm -f "$lib/cache.state" "$lib"/*/cache.aot
echo "$jars" | xargs -d '\n' "$java/bin/java" "$here/Cacheable.java"
work=$(mktemp -d "$distribution/.cache.XXXXXX")
trap 'rm -rf "$work"' EXIT

# keep MODULE COMMAND WORD...
keep() {
  module=$1
  command=$2
  shift 2
  JAVA_TOOL_OPTIONS="-XX:AOTCacheOutput=$work/$module.aot" "$distribution/bin/$command" "$@" >"$work/log" 2>&1 || {
    echo "cache.sh: warning: $command has no start-up cache:" >&2
    grep -v '^Picked up' "$work/log" >&2
    return 0
  }
  [ ! -e "$work/$module.aot" ] || mv "$work/$module.aot" "$lib/$module/cache.aot"
}

# What people wait for: a program signed, its signature judged, an image built.
object=$repository/test-vectors/objects/clang-19/lsm-observers.bpf.o
bin=$distribution/bin
printf 'bpfseal-plan 1\nversion 1\ncert %s\nprogram lsm-observers.bpfs\n' "\"$keys/rsa.crt\"" >"$work/plan"
keep signer bpf-sign sign --key "$keys/rsa.key" --cert "$keys/rsa.crt" --out "$work" "$object"
keep verifier bpf-verify verify --cert "$keys/rsa.crt" "$work/lsm-observers.bpfs"
"$bin/bpf-preload" manifest --plan "$work/plan" --out "$work/manifest" >/dev/null
"$bin/bpf-sign" sign --as data --key "$keys/rsa.key" --cert "$keys/rsa.crt" "$work/manifest" >/dev/null
keep preload bpf-preload build --plan "$work/plan" --manifest "$work/manifest" --out "$work/image"
state >"$lib/cache.state"
