# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154
# Sourced by the commands of ../bin, with $module, $main and $self set: finds a Java 25 or later and becomes it.
#
# One that the distribution brings comes first, then JAVA_HOME, the java on PATH, and what lies under /usr/lib/jvm; one that
# is older is passed over. Its version is read from its release file, since asking it would take as long as the whole
# command.

# fits HOME: it is a Java that can run the jars.
fits() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS='"' read -r key value _; do
    [ "$key" = JAVA_VERSION= ] || continue
    value=${value%%[!0-9]*}
    [ "${value:-0}" -ge 25 ]
    return
  done <"$1/release"
  return 1
}

find_java() {
  java_home=${self%/*}/../jre
  fits "$java_home" && return
  java_home=${JAVA_HOME-}
  [ -n "$java_home" ] && fits "$java_home" && return
  java_home=$(command -v java) && java_home=$(readlink -f -- "$java_home") && java_home=${java_home%/bin/java} &&
    fits "$java_home" && return
  for java_home in /usr/lib/jvm/*; do
    fits "$java_home" && return
  done
  echo "${self##*/}: error: no Java 25 or later in JAVA_HOME, on PATH or under /usr/lib/jvm" >&2
  echo "${self##*/}: hint: on Debian 13: apt-get install openjdk-25-jre-headless; elsewhere unpack one and set JAVA_HOME" >&2
  exit 127
}

find_java
lib=${self%/*}/../lib
# Names of files are UTF-8 whatever the caller's locale is; an ASCII locale would make Java refuse all others.
export LC_ALL=C.UTF-8
jars=
for jar in "$lib/$module"/*.jar; do
  jars=$jars:$jar
done
# What all have in common.
[ "$module" = verifier ] || for jar in "$lib"/verifier/*.jar; do
  jars=$jars:$jar
done
# Libraries that the user adds, such as jsign-crypto; behind the others, so that the cache of classes still fits.
if [ "$module" = signer ]; then
  for jar in "$lib"/optional/*.jar; do
    [ ! -e "$jar" ] || jars=$jars:$jar
  done
  jars=$jars${BPFSEAL_CLASSPATH:+:$BPFSEAL_CLASSPATH}
fi
# Options, each measured. A console of Java's own needs no line editor. One thread collects garbage. A short command needs
# few methods compiled, and none by the second compiler; batch.options and large.options say what else does. The cache of
# classes is passed over in silence where it doesn't fit this Java. The library of zstd is native.
options=
[ $# -lt 40 ] && [ "${1-}" != judge ] || options=batch
# A directory or a list stands for many inputs, unless it says where to.
before=
for word in "$@"; do
  case $before:$word in
    --out:* | --signatures:*) ;;
    *:- | *:@* | *:*'*'*) options=batch ;;
    *) [ ! -d "$word" ] || options=batch ;;
  esac
  before=$word
done
# Words that are no files have no size.
if [ -z "$options" ] && [ $# -gt 1 ]; then
  for size in $(stat -L -c %s -- "$@" 2>/dev/null); do
    [ "$size" -lt 33554432 ] || options=large
  done
fi
set -- "$main" "$@"
[ ! -e "$lib/$module/cache.aot" ] || set -- "-XX:AOTCache=$lib/$module/cache.aot" "$@"
if [ -n "$options" ]; then
  set -- "@$lib/$options.options" "$@"
else
  set -- -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=10 "$@"
fi
exec "$java_home/bin/java" -XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable \
  -Djdk.console=java.base \
  --enable-native-access=ALL-UNNAMED -cp "${jars#:}" "$@"
