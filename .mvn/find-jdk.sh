#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints the home of a JDK 25, or says which package has one.
for home in "${JAVA_HOME:-}" "$(readlink -f "$(command -v javac)" 2>/dev/null | sed 's,/bin/javac$,,')" /usr/lib/jvm/*; do
  # An empty home would find /bin/javac.
  [ -n "$home" ] || continue
  [ -x "$home/bin/javac" ] || continue
  case $("$home/bin/javac" -version 2>&1) in
    "javac 25" | "javac 25."*)
      echo "$home"
      exit 0
      ;;
  esac
done
echo "bpfseal: error: no JDK 25 in JAVA_HOME, on PATH or under /usr/lib/jvm" >&2
echo "bpfseal: hint: on Debian 13: apt-get install openjdk-25-jdk-headless" >&2
exit 1
