#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# bench.sh [ROUNDS]: whole processes against their peers, the two of a pair in turn, and a Markdown table of medians; then
# what the kernel mirror costs for a case. It needs a built distribution (mvn package) and fetches the peers as the tests
# do. Run it on a quiet machine.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-9}
repository=$PWD
bin=$repository/preload/target/bpfseal/bin
keys=$PWD/keys-example
objects=$PWD/test-vectors/objects/clang-19
bpftool=$(preload/lab/bpftool.sh)
sign_file=$(preload/lab/sign-file.sh)
gen_init_cpio=$(preload/lab/gen_init_cpio.sh)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# measure COMMAND: wall and CPU milliseconds of one run, "WALL CPU".
measure() {
  local TIMEFORMAT='%R %U %S'
  { time bash -c "$1" >/dev/null 2>err; } 2>&1 | awk '{ printf "%.0f %.0f\n", $1 * 1000, ($2 + $3) * 1000 }'
}
median() {
  sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}
# pair NAME OURS PEER: one row of the table.
pair() {
  rm -f a b
  for _ in $(seq "$rounds"); do
    measure "$2" >>a
    measure "$3" >>b
  done
  local aw ac bw bc
  aw=$(cut -d' ' -f1 a | median) ac=$(cut -d' ' -f2 a | median)
  bw=$(cut -d' ' -f1 b | median) bc=$(cut -d' ' -f2 b | median)
  awk -v n="$1" -v aw="$aw" -v ac="$ac" -v bw="$bw" -v bc="$bc" \
    'BEGIN { printf "| %s | %d / %d | %d / %d | %.2f / %.2f |\n", n, aw, ac, bw, bc, aw / (bw ? bw : 1), ac / (bc ? bc : 1) }'
}

mkdir many
number=0
while [ $number -lt 100 ]; do
  for object in "$objects"/{lsm-observers,tracing-targets,kprobes,socket-filter,iterators}.bpf.o; do
    number=$((number + 1))
    cp "$object" "many/o$number.bpf.o"
  done
done
one=$objects/lsm-observers.bpf.o
cp "$one" file
identity="--key $keys/rsa.key --cert $keys/rsa.crt"

cat <<END
$("$bin/bpf-sign" --version), $("$bpftool" version | head -n 1), $(openssl version), $(grep -m 1 'model name' /proc/cpuinfo | cut -d: -f2- | sed 's/^ //')
Load average at the start $(cut -d' ' -f1-3 /proc/loadavg). Medians of $rounds rounds in turn, milliseconds wall / CPU.

| whole process | bpfseal | peer | ratio wall / CPU |
|---|---|---|---|
END
# Both forms and their two signatures against bpftool's one.
pair "sign one object; bpftool gen skeleton -L -S" \
  "$bin/bpf-sign sign $identity --out out --force $one" \
  "$bpftool gen skeleton -L -S -k $keys/rsa.key -i $keys/rsa.crt $one name x"
pair "sign 100 objects; bpftool 100 times" \
  "$bin/bpf-sign sign $identity --out out --force many/*.bpf.o" \
  "for o in many/*.bpf.o; do $bpftool gen skeleton -L -S -k $keys/rsa.key -i $keys/rsa.crt \$o name x; done"
pair "sign --as object; sign-file -dp" \
  "$bin/bpf-sign sign --as object $identity --force file" \
  "$sign_file -dp sha256 $keys/rsa.key $keys/rsa.crt file"

"$bin/bpf-sign" sign $identity --out signed "$objects"/{lsm-observers,tracing-targets,iterators}.bpf.o >/dev/null
# What 6.18 has signed is the instructions alone; ours reads the loader, too, and answers as the kernel would.
"$bin/bpf-verify" extract signed/lsm-observers.bpfs --out parts >/dev/null
pair "verify one signed program; openssl cms -verify" \
  "$bin/bpf-verify verify --kernel 6.18 --cert $keys/rsa.crt signed/lsm-observers.bpfs" \
  "openssl cms -verify -binary -inform DER -in parts/6.18/sig.p7s -content parts/6.18/insns -certfile $keys/rsa.crt -noverify -out /dev/null"
pair "verify one signed program; bpf-verify --version" \
  "$bin/bpf-verify verify --kernel 6.18 --cert $keys/rsa.crt signed/lsm-observers.bpfs" "$bin/bpf-verify --version"
printf 'bpfseal-plan 1\nversion 1\ncert %s\nprogram signed/lsm-observers.bpfs\nprogram signed/tracing-targets.bpfs\nprogram signed/iterators.bpfs\n' \
  "$keys/rsa.crt" >plan
"$bin/bpf-preload" manifest --plan plan --out manifest >/dev/null
"$bin/bpf-sign" sign --as data $identity manifest >/dev/null
"$bin/bpf-preload" build --plan plan --manifest manifest --out image --compress none >/dev/null
"$bin/bpf-preload" extract image --out files >/dev/null
(cd files && find . -mindepth 1 -type d | sort | sed 's,^\.\(.*\),dir \1 0755 0 0,' &&
  find . -type f | sort | sed "s,^\.\(.*\),file \1 $work/files\1 0644 0 0,") >list
# Ours reads and judges all that it packs; the peer only packs.
pair "build an image of 3 programs; gen_init_cpio" \
  "$bin/bpf-preload build --plan plan --manifest manifest --out image --compress none --force" \
  "$gen_init_cpio -t 0 list"

# The same seed gives the same cases: a longer corpus begins with the shorter one.
classes=$(printf '%s:' "${bin%/bin}"/lib/{verifier,signer}/*.jar)
cat <<END

| bpf-verify judge, mixed cases, one thread | CPU ms |
|---|---|
END
java=$(sh "$repository/.mvn/find-jdk.sh")/bin/java
for cases in 1 5000 10000 20000; do
  "$java" -cp "$repository/verifier/target/test-classes:$classes" org.bpfseal.verifier.proof.CorpusFile $cases 1 corpus
  for _ in $(seq "$rounds"); do measure "$bin/bpf-verify judge --threads 1 corpus"; done >a
  echo "| $cases | $(cut -d' ' -f2 a | median) |"
done
