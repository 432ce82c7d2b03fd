#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# cache.sh DISTRIBUTION: makes the jars such that Java can cache their classes, and the caches of classes. A cache is no
# part of what is built: it differs from run to run.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
repository=$(CDPATH='' cd -- "$here/../../.." && pwd)
distribution=$(CDPATH='' cd -- "${1:?usage: cache.sh DISTRIBUTION}" && pwd)
lib=$distribution/lib
keys=$repository/keys-example

jars=$(find "$lib" -name '*.jar' | LC_ALL=C sort)
java=$(sh "$repository/.mvn/find-jdk.sh")
state() {
  echo "$jars" | xargs -d '\n' cksum | cat - "$here"/* "$lib"/*.sh "$java/release" | cksum
}
[ "$(cat "$lib/cache.state" 2>/dev/null)" != "$(state)" ] || exit 0
rm -f "$lib/cache.state" "$lib"/*/cache.aot
echo "$jars" | xargs -d '\n' "$java/bin/java" "$here/Cacheable.java"
JAVA_HOME=$java "$lib/train.sh" "$keys/rsa.key" "$keys/rsa.crt"
state >"$lib/cache.state"
