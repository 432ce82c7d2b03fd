#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# make.sh [--write]: makes good and damaged signed programs of one vector object with bpftool, openssl and keys-example, and
# compares them with what is committed (exit 1 on a difference). With --write it replaces the committed ones. Exit 77 when
# a tool can't be had. Signatures that differ each time (ECDSA, signing time) are kept in kept/ and only made when missing.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")"
here=$PWD
keys=$here/../../keys-example
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source-path=SCRIPTDIR source=../compile.sh
. ../compile.sh
bpftool=$("$lab/bpftool.sh")
made=$work/made
mkdir "$made" "$work/form"
name=socket-filter
object=../objects/clang-19/$name.bpf.o

# sign OUT PAYLOAD KEY OPTION...: detached, with openssl; without options exactly what bpftool makes.
sign() {
  local out=$1 payload=$2 key=$3
  shift 3
  openssl cms -sign -binary -outform DER -in "$payload" -signer "$keys/$key.crt" -inkey "$keys/$key.key" -out "$out" "$@"
}
plain=(-noattr -nocerts -keyid -nosmimecap -md sha256)

# once OUT PAYLOAD KEY OPTION...: like sign, but keeps what it has made before.
once() {
  local kept
  kept=kept/$(basename "$1")
  [ -e "$kept" ] || { mkdir -p kept && sign "$kept" "${@:2}"; }
  openssl cms -verify -binary -inform DER -in "$kept" -content "$2" -certfile "$keys/$3.crt" -noverify -out /dev/null \
    2>"$work/verify" || { cat "$work/verify" >&2; exit 1; }
  cp "$kept" "$1"
}

# flip FILE OFFSET OUT: one bit changed; a negative offset counts from the end.
flip() {
  perl -0777 -e 'my ($f, $at, $o) = @ARGV; open(my $i, "<:raw", $f) or die; my $c = <$i>; substr($c, $at, 1) ^= "\x04";
    open(my $w, ">:raw", $o) or die; print $w $c' "$1" "$2" "$3"
}

"$bpftool" gen skeleton -L -S -k "$keys/rsa.key" -i "$keys/rsa.crt" "$object" name "$name" >"$work/header"
bytes_of "$work/header" opts_insn >"$work/d"
bytes_of "$work/header" opts_data >"$work/data"
bytes_of "$work/header" opts_sig >"$work/bpftool.p7s"
../objects/b2-of-d.pl "$work/d" "$(sum "$work/data")" little >"$work/b2"
cat "$work/d" "$work/data" >"$work/d-payload"
sign "$work/d.p7s" "$work/d-payload" rsa "${plain[@]}"
sign "$work/b2.p7s" "$work/b2" rsa "${plain[@]}"
cmp "$work/d.p7s" "$work/bpftool.p7s"
printf '1\n' >"$work/version"
printf '%s\n' "$name" >"$work/name"

# pack OUT [MEMBER=FILE...]: the good members, but the given ones replace those of the same name; an empty file name drops one.
pack() {
  local out=$made/$1.bpfs member want words=()
  shift
  for member in bpfseal-program="$work/version" name="$work/name" data="$work/data" 7.3/insns="$work/d" \
    7.3/sig.p7s="$work/d.p7s" 6.18/insns="$work/b2" 6.18/sig.p7s="$work/b2.p7s"; do
    for want; do
      [ "${want%%=*}" != "${member%%=*}" ] || member=$want
    done
    [ -z "${member#*=}" ] || words+=("$member")
  done
  ./bpfs.pl "$out" "${words[@]}"
}

# resigned OUT KEY OPTION...: both forms signed in another way.
resigned() {
  local out=$1 key=$2 how=sign
  shift 2
  if [ "${1:-}" = --once ]; then
    how=once
    shift
  fi
  $how "$work/form/$out-7.3.p7s" "$work/d-payload" "$key" "$@"
  $how "$work/form/$out-6.18.p7s" "$work/b2" "$key" "$@"
  pack "$out" 7.3/sig.p7s="$work/form/$out-7.3.p7s" 6.18/sig.p7s="$work/form/$out-6.18.p7s"
}

# changed OUT MEMBER-ENDING COMMAND...: a command that reads "$1" and writes "$2", applied to that member of both forms.
changed() {
  local out=$1 member=$2
  shift 2
  local first=$work/d second=$work/b2
  [ "$member" = insns ] || { first+=.p7s second+=.p7s; }
  "$@" "$first" "$work/form/7.3" && "$@" "$second" "$work/form/6.18"
  pack "$out" 7.3/"$member"="$work/form/7.3" 6.18/"$member"="$work/form/6.18"
}
flip_at() { flip "$2" "$1" "$3"; }
append() { { cat "$2"; printf %s "$1"; } >"$3"; }
cut_by() { head -c "-$1" "$2" >"$3"; }
empty() { : >"$2"; }

pack good
pack good-7.3-only 6.18/insns= 6.18/sig.p7s=
pack good-6.18-only 7.3/insns= 7.3/sig.p7s=
resigned good-p256 p256 --once "${plain[@]}"
resigned good-issuer-and-serial rsa -noattr -nocerts -md sha256
resigned good-certificate-inside rsa -noattr -keyid -md sha256
resigned good-sha512 rsa -noattr -nocerts -keyid -md sha512
resigned good-signed-attributes rsa --once -nocerts -keyid -nosmimecap -md sha256
resigned smime-capabilities rsa --once -nocerts -keyid -md sha256
resigned content-inside rsa "${plain[@]}" -nodetach
resigned other-key other "${plain[@]}"
changed insns-bit insns flip_at 300
changed sig-bit sig.p7s flip_at -1
changed sig-short sig.p7s cut_by 1
changed sig-empty sig.p7s empty
changed sig-trailing-byte sig.p7s append x
flip "$work/data" 1400 "$work/form/data"
pack data-bit data="$work/form/data"
pack swapped-forms 7.3/insns="$work/b2" 7.3/sig.p7s="$work/b2.p7s" 6.18/insns="$work/d" 6.18/sig.p7s="$work/d.p7s"
pack swapped-signatures 7.3/sig.p7s="$work/b2.p7s" 6.18/sig.p7s="$work/d.p7s"

# Signed without a loader: the object's one program is its whole section.
objcopy=$("$lab/clang.sh" 19 llvm-objcopy)
"$objcopy" --dump-section "socket=$work/direct" "$object" "$work/ignored"
sign "$work/direct.p7s" "$work/direct" rsa "${plain[@]}"
: >"$work/none"
printf '%s\n' 'function pass_whole_packet' 'type socket_filter' 'attach-type 0' 'flags 0x0' 'map-flags 0x0' \
  'license Dual BSD/GPL' >"$work/load"

# direct OUT DATA LOAD INSNS: with the signature of the good instructions.
direct() {
  ./bpfs.pl "$made/$1.bpfs" bpfseal-program="$work/version" name="$work/name" data="$2" load="$3" 7.3/insns="$4" \
    7.3/sig.p7s="$work/direct.p7s" 6.18/insns="$4" 6.18/sig.p7s="$work/direct.p7s"
}
direct good-direct "$work/none" "$work/load" "$work/direct"
flip "$work/direct" 4 "$work/form/direct"
direct direct-insns-bit "$work/none" "$work/load" "$work/form/direct"
direct format-direct-map "$work/name" "$work/load" "$work/direct"
sed 's/^type .*/type none/' "$work/load" >"$work/form/load"
direct format-direct-type "$work/none" "$work/form/load" "$work/direct"

# Not signed programs at all.
good=$made/good.bpfs
./bpfs.pl "$made/good-with-object.bpfs" bpfseal-program="$work/version" name="$work/name" data="$work/data" \
  7.3/insns="$work/d" 7.3/sig.p7s="$work/d.p7s" 6.18/insns="$work/b2" 6.18/sig.p7s="$work/b2.p7s" object="$object"
./bpfs.pl "$made/format-order.bpfs" bpfseal-program="$work/version" data="$work/data" name="$work/name" \
  7.3/insns="$work/d" 7.3/sig.p7s="$work/d.p7s"
./bpfs.pl "$made/format-older-form-first.bpfs" bpfseal-program="$work/version" name="$work/name" data="$work/data" \
  6.18/insns="$work/b2" 6.18/sig.p7s="$work/b2.p7s" 7.3/insns="$work/d" 7.3/sig.p7s="$work/d.p7s"
./bpfs.pl "$made/format-twice.bpfs" bpfseal-program="$work/version" name="$work/name" data="$work/data" \
  7.3/insns="$work/d" 7.3/sig.p7s="$work/d.p7s" 7.3/sig.p7s="$work/d.p7s"
./bpfs.pl "$made/format-unknown-member.bpfs" bpfseal-program="$work/version" name="$work/name" data="$work/data" \
  7.3/insns="$work/d" 7.3/sig.p7s="$work/d.p7s" 7.3/notes="$work/name"
pack format-no-form 7.3/insns= 7.3/sig.p7s= 6.18/insns= 6.18/sig.p7s=
pack format-no-signature 7.3/sig.p7s=
printf '2\n' >"$work/form/two" && pack format-version bpfseal-program="$work/form/two"
printf '%064d\n' 0 >"$work/form/long" && pack format-long-name name="$work/form/long"
changed format-half-instruction insns append 1234
./bpfs.pl "$made/format-mode.bpfs" bpfseal-program="$work/version" name="$work/name" mode:0100755= data="$work/data" \
  7.3/insns="$work/d" 7.3/sig.p7s="$work/d.p7s"
./bpfs.pl "$made/format-owner.bpfs" bpfseal-program="$work/version" name="$work/name" uid:1= data="$work/data" \
  7.3/insns="$work/d" 7.3/sig.p7s="$work/d.p7s"
./bpfs.pl "$made/format-time.bpfs" bpfseal-program="$work/version" name="$work/name" mtime:1= data="$work/data" \
  7.3/insns="$work/d" 7.3/sig.p7s="$work/d.p7s"
head -c -100 "$good" >"$made/format-short.bpfs"
{ cat "$good"; printf '\0'; } >"$made/format-trailing-byte.bpfs"
: >"$made/format-empty.bpfs"

{
  echo "bpfseal-signed 1"
  while read -r file words; do
    echo "program $file.bpfs sha256=$(sum "$made/$file.bpfs") $words"
  done <list
} >"$made/manifest"
[ "$(find "$made" -name '*.bpfs' | wc -l)" = "$(wc -l <list)" ] || { echo "make.sh: error: list and programs differ" >&2; exit 1; }
mkdir "$work/keep" "$work/keep/programs"
mv "$made/manifest" "$work/keep/"
mv "$made"/*.bpfs "$work/keep/programs/"
keep_or_compare "${1:-}" "$work/keep" manifest programs
