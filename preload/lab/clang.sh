#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# clang.sh VERSION [TOOL]: prints the path of clang 14 or 19 (or of its llvm-strip, llvm-objdump ...). The installed one is
# used; else the packages of the Debian release that has this version are unpacked into the cache. Exit 77 when it
# can't be had.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=apt.sh
. "$here/apt.sh"
version=${1:?usage: clang.sh VERSION [TOOL]}
tool=${2:-clang}

for installed in "/usr/lib/llvm-$version/bin/$tool" "$lab_cache/clang-$version/$tool"; do
  if [ -x "$installed" ] && [ -x "${installed%/*}/llvm-strip" ]; then
    echo "$installed"
    exit
  fi
done

# What a compiler for BPF needs beside libc; its assembler is built in.
libraries="libstdc++6 libgcc-s1 zlib1g libtinfo6 libedit2 libbsd0 libmd0 libffi8 libz3-4 libxml2 liblzma5 libzstd1"
case $version in
  14)
    suite=bookworm
    packages="clang-14 libclang-common-14-dev libclang-cpp14 llvm-14 libllvm14 libicu72 $libraries"
    ;;
  19)
    suite=trixie
    packages="clang-19 libclang-common-19-dev libclang-cpp19 llvm-19 libllvm19 libicu76 $libraries"
    ;;
  *) lab_missing "clang $version is not one of the lab's: 14, 19" ;;
esac
lab_begin
if [ ! -e "$lab_cache/clang-$version" ]; then
  lab_suites "$suite" "$suite" || lab_missing "clang $version can't be had"
  mkdir "$lab_work/clang"
  # shellcheck disable=SC2086 # words
  lab_unpack "$lab_work/clang/root" $packages
  # Beside the root, so that the wrappers find it by their own place. The system's libc is newer than the unpacked one.
  for each in clang llvm-strip llvm-objdump llvm-readelf; do
    cat >"$lab_work/clang/$each" <<WRAPPER
#!/bin/sh
root=\$(CDPATH='' cd -- "\$(dirname -- "\$0")" && pwd)/root
export LD_LIBRARY_PATH="\$root/usr/lib/x86_64-linux-gnu:\$root/lib/x86_64-linux-gnu"
exec "\$root/usr/lib/llvm-$version/bin/$each" "\$@"
WRAPPER
    chmod 0755 "$lab_work/clang/$each"
  done
  echo 'int f(void) { return 1; }' |
    "$lab_work/clang/clang" -target bpf -O2 -g -c -x c -o /dev/null - >"$lab_work/trial" 2>&1 ||
    lab_missing "clang $version does not run here: $(cat "$lab_work/trial")" "apt-get install clang-$version llvm-$version"
  lab_keep "$lab_work/clang" "$lab_cache/clang-$version"
fi
[ -x "$lab_cache/clang-$version/$tool" ] || lab_missing "no $tool of clang $version"
echo "$lab_cache/clang-$version/$tool"
