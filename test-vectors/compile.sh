# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Sourced by the make.sh of the folders with compiled objects; set $here to the folder and $work to a scratch one.

: "${here:?}" "${work:?}"
lab=$here/../../preload/lab

# use_clang VERSION: the compiler of compile().
use_clang() {
  clang=$("$lab/clang.sh" "$1")
  strip=$("$lab/clang.sh" "$1" llvm-strip)
  # shellcheck disable=SC2034 # for the callers
  release=$("$clang" --version | sed -n 's/.*clang version \([0-9.]*\).*/\1/p')
}

# compile TARGET SOURCE OBJECT: no path of this machine gets into the object; DWARF is dropped, BTF stays.
compile() {
  "$clang" -g -O2 -Wall -Wextra -Werror -Wno-unused-parameter -target "$1" -mcpu=v3 \
    "-ffile-prefix-map=$here=." -c "$2" -o "$3"
  "$strip" -g "$3"
}

sum() {
  sha256sum "$@" | cut -d ' ' -f 1
}

# bytes_of HEADER VARIABLE: the bytes of a C string of bpftool's, which uses \0, \xNN and line splices only.
bytes_of() {
  printf %b "$(sed -n "/ $2\[\].*= \"/,/\";/p" "$1" | sed -e '1s/.*= "//' -e 's/";.*//' -e 's/\\$//' | tr -d '\n')"
}

# keep_or_compare OPTION MADE FILE...: with --write the made files replace the committed ones, else they must be equal.
keep_or_compare() {
  local option=$1 made=$2 file differs=0
  shift 2
  for file; do
    if [ "$option" = --write ]; then
      rm -rf "$file"
      cp -r "$made/$file" "$file"
    else
      diff -r "$made/$file" "$file" >&2 || differs=1
    fi
  done
  return $differs
}
