#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# package.sh [--runtime] [OUT]: packs the built distribution (mvn package) as OUT/bpfseal-VERSION.tar.gz and as a Debian
# package, with manual pages and completion; with --runtime also as an archive that brings its own Java. The same
# distribution and SOURCE_DATE_EPOCH (the last commit's time) give the same bytes, save for the one with a Java.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
runtime=
[ "${1-}" != --runtime ] || {
  runtime=yes
  shift
}
distribution=$here/target/bpfseal
out=${1:-$here/target}
[ -x "$distribution/bin/bpf-sign" ] || {
  echo "package.sh: error: $distribution isn't built" >&2
  echo "package.sh: hint: mvn package -DskipTests" >&2
  exit 1
}
version=$("$distribution/bin/bpf-sign" --version | cut -d' ' -f2)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$here" log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
umask 022
mkdir -p "$out"
out=$(CDPATH='' cd -- "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# archive NAME FOLDER: a folder of $work as $out/NAME; the name is there only when all of it is.
archive() {
  tar -C "$work" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
    --mode=u+rw,go=rX -c "$2" | gzip -n >"$work/archive"
  mv "$work/archive" "$out/$1"
  echo "$out/$1"
}

# What is made for one machine's Java stays: start-up caches.
folder=bpfseal-$version
mkdir "$work/$folder"
cp -r "$distribution/bin" "$distribution/lib" "$work/$folder"
rm -f "$work/$folder/lib/cache.state" "$work/$folder"/lib/*/cache.aot
for command in bpf-sign bpf-verify bpf-preload; do
  "$distribution/bin/$command" manual --out "$work/$folder/share"
done
archive "$folder.tar.gz" "$folder"

package=$work/package
mkdir -p "$package/DEBIAN" "$package/usr/lib" "$package/usr/bin" "$package/usr/share/man" \
  "$package/usr/share/bash-completion" "$package/usr/share/doc/bpfseal"
cp -r "$work/$folder" "$package/usr/lib/bpfseal"
mv "$package/usr/lib/bpfseal/share/man1" "$package/usr/share/man/man1"
mv "$package/usr/lib/bpfseal/share/bash-completion" "$package/usr/share/bash-completion/completions"
rmdir "$package/usr/lib/bpfseal/share"
gzip -9n "$package"/usr/share/man/man1/*
for command in "$package"/usr/lib/bpfseal/bin/*; do
  ln -s "../lib/bpfseal/bin/${command##*/}" "$package/usr/bin/"
done
sed -n '/^## Licences/,$p' "$here/../README.md" >"$package/usr/share/doc/bpfseal/copyright"
cp "$here/src/main/package/postinst" "$here/src/main/package/prerm" "$package/DEBIAN"
chmod 0755 "$package"/DEBIAN/p*
sed -e "s/@VERSION@/$version/" -e "s/@SIZE@/$(du -sk "$package" | cut -f1)/" "$here/src/main/package/control" \
  >"$package/DEBIAN/control"
dpkg-deb --root-owner-group -Zgzip -b "$package" "$work/deb" >/dev/null
mv "$work/deb" "$out/bpfseal_${version}_amd64.deb"
echo "$out/bpfseal_${version}_amd64.deb"

[ -n "$runtime" ] || exit 0
# The modules that the libraries ask for: JCA providers, Tink's logger, protobuf's Unsafe.
"$(sh "$here/../.mvn/find-jdk.sh")/bin/jlink" --strip-debug --no-header-files --no-man-pages --output "$work/$folder/jre" \
  --add-modules java.base,java.logging,java.naming,java.sql,jdk.crypto.cryptoki,jdk.unsupported
archive "$folder-linux-x64.tar.gz" "$folder"
