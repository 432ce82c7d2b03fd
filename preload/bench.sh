#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# bench.sh [--long] [ROUNDS]: whole processes against their peers, the two of a pair in turn, and a Markdown table of
# medians; batches; the inner loops, by JMH, against OpenSSL's. --long adds what the kernel mirror costs for a case, a
# file of 1 GB, peak memory, and costs by number and size. It needs a built distribution (mvn package) and fetches the
# peers as the tests do. Run it on a quiet machine.
set -euo pipefail
cd "$(dirname "$0")/.."
long=
[ "${1-}" != --long ] || {
  long=yes
  shift
}
rounds=${1:-5}
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
# pair NAME OURS PEER [ROUNDS]: one row of the table.
pair() {
  rm -f a b
  for _ in $(seq "${4:-$rounds}"); do
    measure "$2" >>a
    measure "$3" >>b
  done
  local aw ac bw bc
  aw=$(cut -d' ' -f1 a | median) ac=$(cut -d' ' -f2 a | median)
  bw=$(cut -d' ' -f1 b | median) bc=$(cut -d' ' -f2 b | median)
  awk -v n="$1" -v aw="$aw" -v ac="$ac" -v bw="$bw" -v bc="$bc" \
    'BEGIN { printf "| %s | %d / %d | %d / %d | %.2f / %.2f |\n", n, aw, ac, bw, bc, aw / (bw ? bw : 1), ac / (bc ? bc : 1) }'
}

mkdir many thousand
for number in $(seq 1000); do head -c 20000 /dev/urandom >thousand/$number; done
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

# The jars of the benchmarks alone came with the build.
maven=${MAVEN_REPO_LOCAL:-$HOME/.m2/repository}
corretto=$(find "$maven/software/amazon/cryptools" -name '*-linux-x86_64.jar' | sort | tail -n 1)
few=$(((rounds + 2) / 3))
cat <<END

| batch, one call | bpfseal | peer, in a loop | ratio wall / CPU |
|---|---|---|---|
END
sign_files="for f in thousand/*[0-9]; do $sign_file -dp sha256 $keys/rsa.key $keys/rsa.crt \$f; done; rm thousand/*.p7s"
pair "1000 objects of 20 kB; sign-file" "$bin/bpf-sign sign --as object $identity --out out --force thousand/*[0-9]" "$sign_files" $few
pair "the same by the Corretto provider" \
  "BPFSEAL_CLASSPATH=$corretto $bin/bpf-sign sign --as object $identity --out out --force thousand/*[0-9]" "$sign_files" $few
skeletons="for o in many/*.bpf.o; do $bpftool gen skeleton -L -S -k $keys/rsa.key -i $keys/rsa.crt \$o name x; done"
pair "100 programs, both forms; bpftool" "$bin/bpf-sign sign $identity --out out --force many/*.bpf.o" "$skeletons" $few
pair "100 programs, form 7.3; bpftool" "$bin/bpf-sign sign --for 7.3 $identity --out out --force many/*.bpf.o" "$skeletons" $few
pair "100 programs, both forms, by the Corretto provider; bpftool" \
  "BPFSEAL_CLASSPATH=$corretto $bin/bpf-sign sign $identity --out out --force many/*.bpf.o" "$skeletons" $few

java_home=$(sh "$repository/.mvn/find-jdk.sh")
# The lab of the tests knows where the repository is.
loops=$(printf '%s:' "$repository"/{preload,verifier}/target/test-classes "${bin%/bin}"/lib/*/*.jar "$corretto" \
  "$maven"/org/openjdk/jmh/*/*/*.jar "$maven"/net/sf/jopt-simple/jopt-simple/*/*.jar \
  "$maven"/org/apache/commons/commons-math3/*/*.jar "$maven"/org/ow2/asm/asm/*/*.jar)
mkdir -p loops source made
cp -r --parents "$repository"/preload/target/test-classes/org/bpfseal/preload/bench loops
mv loops"$repository"/preload/target/test-classes/org loops
openssl_speed() { openssl speed -seconds 2 "$@" 2>/dev/null | tail -n 1; }
openssl_speed rsa2048 >speed
"$java_home/bin/java" -cp "loops:$loops" org.openjdk.jmh.generators.bytecode.JmhBytecodeGenerator loops source made >err
find source -name '*.java' >sources
"$java_home/bin/javac" -nowarn -proc:none -d made -cp "loops:$loops" @sources
(cd "$repository" && "$java_home/bin/java" -cp "$work/made:$work/loops:$loops" org.openjdk.jmh.Main -f 1 -wi 3 -w 1 -i 3 -r 1 \
  -rf csv -rff "$work/loops.csv" -jvmArgs "--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC" >"$work/err" 2>&1)
openssl_speed rsa2048 >>speed
sign=$(awk '{ sub("s", "", $4); sum += $4 } END { print sum / NR * 1e6 }' speed)
verify=$(awk '{ sub("s", "", $5); sum += $5 } END { print sum / NR * 1e6 }' speed)
cat <<END

Inner loops (JMH 1.37, $("$java_home/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/Java \1/p'), $(basename "$corretto" -linux-x86_64.jar)):
medians of single calls, microseconds; beside them the mean of \`openssl speed rsa2048\` before and after.

| loop | bpfseal | openssl | ratio |
|---|---|---|---|
END
grep ':p0.50"' loops.csv | tr -d '"\r' | awk -F, -v sign="$sign" -v verify="$verify" '{
  sub(".*InnerLoops.", "", $1); sub(":p0.50", "", $1)
  peer = $1 == "signRsa2048" ? sign : $1 == "judgeLoad" ? verify : 0
  printf "| %s%s | %.1f | %s | %s |\n", $1, $8 ? " " $8 : "", $5, peer ? sprintf("%.1f", peer) : "", peer ? sprintf("%.2f", $5 / peer) : ""
}'
[ -n "$long" ] || exit 0

# The same seed gives the same cases: a longer corpus begins with the shorter one.
classes=$(printf '%s:' "${bin%/bin}"/lib/{verifier,signer}/*.jar)
cat <<END

| bpf-verify judge, mixed cases, one thread | CPU ms |
|---|---|
END
java=$java_home/bin/java
for cases in 1 5000 10000 20000; do
  "$java" -cp "$repository/verifier/target/test-classes:$classes" org.bpfseal.verifier.proof.CorpusFile $cases 1 corpus
  for _ in $(seq "$rounds"); do measure "$bin/bpf-verify judge --threads 1 corpus"; done >a
  echo "| $cases | $(cut -d' ' -f2 a | median) |"
done

# peak COMMAND...: the most memory it had, MiB.
peak() {
  local most=0 now
  "$@" >/dev/null 2>err &
  while now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' /proc/$!/status 2>/dev/null) && [ -n "$now" ]; do
    most=$now
    sleep 0.02
  done
  wait $! || cat err >&2
  echo $((most / 1024))
}
head -c 1000000000 /dev/zero | openssl enc -aes-128-ctr -K 0 -iv 0 2>/dev/null >big
one_sign="$bin/bpf-sign sign --as object $identity --force"
cat <<END

| 1 GB file | bpfseal | less the same with 20 kB | peer | ratio CPU of the difference |
|---|---|---|---|---|
END
rm -f a b c
for _ in $(seq $few); do
  measure "$one_sign --out out big" >>a
  measure "$one_sign --out out thousand/1" >>b
  measure "openssl dgst -sha256 big" >>c
done
awk -v a="$(cut -d' ' -f2 a | median)" -v b="$(cut -d' ' -f2 b | median)" -v c="$(cut -d' ' -f2 c | median)" \
  'BEGIN { printf "| sign --as object; openssl dgst | %d | %d | %d | %.2f |\n", a, a - b, c, (a - b) / c }'
cat <<END

| peak memory | MiB |
|---|---|
END
for kind in object data fsverity; do
  # shellcheck disable=SC2086 # words
  echo "| sign --as $kind, 1 GB | $(peak $bin/bpf-sign sign --as $kind $identity --force --out out big) |"
done
# shellcheck disable=SC2086
{
  echo "| 1000 objects | $(peak $one_sign --out out thousand/*[0-9]) |"
  echo "| 100 programs | $(peak $bin/bpf-sign sign $identity --force --out out many/*.bpf.o) |"
}

# scale NAME UNITS COMMAND: CPU of one run, and a unit's share of what is above the smallest.
scale() {
  local cpu
  cpu=$(for _ in $(seq $few); do measure "$3"; done | cut -d' ' -f2 | median)
  echo "| $1 | $cpu | $(awk -v c="$cpu" -v b="$bare" -v n="$2" 'BEGIN { printf "%.1f", (c - b) * 1000 / n }') |"
}
bare=$(for _ in $(seq $few); do measure "$bin/bpf-sign --version"; done | cut -d' ' -f2 | median)
cat <<END

| costs by number and size | CPU ms | less the start, microseconds a unit |
|---|---|---|
END
mkdir small large
for number in $(seq 10000); do echo $number >small/$number; done
for count in 1 10 100 1000 10000; do
  find small -type f | sort | head -n $count >list || true
  scale "$count files" $count "$bin/bpf-sign sign --as object $identity --force --out out @list"
done
for size in 1000 10000 100000 1000000 10000000; do
  for number in $(seq 100); do head -c $size big >large/$number; done
  scale "100 files of $size bytes" 100 "$bin/bpf-sign sign --as object $identity --force --out out large/*"
done
clang=$("$repository/preload/lab/clang.sh" 19)
# object_of N KIND: an object with about N more instructions or types.
object_of() {
  {
    echo 'char _license[] __attribute__((section("license"), used)) = "GPL";'
    [ "$2" != types ] || for i in $(seq "$1"); do echo "struct s$i { int a; } v$i;"; done
    echo '__attribute__((section("socket"), used)) int f(void *context) { volatile long x = 0;'
    [ "$2" != instructions ] || for i in $(seq $((($1 + 2) / 3))); do echo 'x++;'; done
    echo 'return x; }'
  } >source.c
  "$clang" -target bpf -g -O2 -c source.c -o scaled.bpf.o
}
for kind in instructions types; do
  for count in 1 10 100 1000 10000; do
    object_of $count $kind
    scale "$count $kind" $count "$bin/bpf-sign sign $identity --force --out out scaled.bpf.o"
  done
done
