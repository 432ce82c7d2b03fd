#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The whole way of a BPF program, from an object file to a real kernel that loads it by its signature, and the refusal of
# one flipped bit. For a fresh Debian 13, or a Debian 12 with a JDK 25, as root or with sudo. All that it makes lies in one
# folder that it names (BPFSEAL_DEMO gives another); a second run reuses the packages, the build, the kernel and the keys.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
folder=${BPFSEAL_DEMO:-${XDG_CACHE_HOME:-$HOME/.cache}/bpfseal/demo}
distribution=$repository/preload/target/bpfseal

bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$(printf '\033[1m') plain=$(printf '\033[0m')
fi
number=0
step() {
  number=$((number + 1))
  printf '\n%s%d. %s%s\n' "$bold" "$number" "$1" "$plain"
}
# run COMMAND WORD...: shows the command as a user would type it, then runs it.
run() {
  printf '   $ %s\n' "$*"
  "$@" | sed 's/^/   /'
}
# refused COMMAND WORD...: the same for one that must answer no (exit code 1).
refused() {
  local code=0
  printf '   $ %s\n' "$*"
  { "$@" 2>&1 || code=$?; } > >(sed 's/^/   /')
  wait "$!" || true
  [ "$code" -eq 1 ] || { echo "demo.sh: error: this should have been refused, exit code $code" >&2; exit 1; }
}
# flip FILE OFFSET: changes the lowest bit of one byte.
flip() {
  local byte
  byte=$(od -An -tu1 -j "$2" -N 1 "$1")
  printf '%b' "\\0$(printf '%o' $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
# offset FILE TEXT: where the text first stands in the file.
offset() {
  grep -abo -m 1 -F -- "$2" "$1" | head -n 1 | cut -d: -f1
}

echo "bpfseal: from BPF object files to a kernel that checks their signature."
echo "Everything that is made lies in $folder"

step "Install what is missing, build, fetch a kernel"
JAVA_HOME=$(preload/lab/packages.sh)
export JAVA_HOME
if [ ! -e "$distribution/lib/cache.state" ] ||
  [ -n "$(find pom.xml verifier signer preload -path '*/target' -prune -o -type f -newer "$distribution/lib/cache.state" -print -quit)" ]; then
  echo "   mvn package (the first time it downloads the libraries)"
  MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
    mvn -B -q -ntp -DskipTests package >/dev/null
  touch "$distribution/lib/cache.state"
fi
kernel=$(preload/lab/kernel.sh 7.3)
release=$(basename "$(dirname "$kernel")")
echo "   commands  $distribution/bin"
echo "   kernel    $release"
export PATH="$distribution/bin:$PATH"

mkdir -p "$folder"
cd "$folder"
ln -sfn "$kernel" "vmlinuz-$release"
kernel=vmlinuz-$release
step "Make a key and a certificate"
if [ ! -e release.crt ]; then
  (umask 077 && openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out release.key 2>/dev/null)
  openssl req -new -x509 -key release.key -sha256 -days 365 -subj "/CN=bpfseal demo" \
    -addext basicConstraints=critical,CA:FALSE -addext keyUsage=critical,digitalSignature \
    -addext subjectKeyIdentifier=hash -addext authorityKeyIdentifier=none -out release.crt
fi
echo "   release.key (keep it secret), release.crt"

step "Sign BPF object files: each becomes one signed program for kernels 7.3 and 6.18"
vectors=$repository/test-vectors/objects
ln -sfn "$vectors/clang-19" objects
echo "   \$ bpf-sign sign --key release.key --cert release.crt --out signed --force objects/*.bpf.o"
bpf-sign sign --key release.key --cert release.crt --out signed --force objects/*.bpf.o | cut -c 1-100 | sed 's/^/   /'

step "Look into one: what the kernel will be asked to load"
run bpf-verify inspect signed/lsm-observers.bpfs

step "Plan an image: which programs, in which order, attached to what"
{
  cat <<'PLAN'
bpfseal-plan 1
version 1
kernels 7.3
cert release.crt
PLAN
  # All objects but those that are not for this machine; what names its own target is linked without a word.
  while read -r object loads; do
    name=${object#clang-19/}
    name=${name%.bpf.o}
    case $loads in *7.3*) echo "program signed/$name.bpfs" ;; *) continue ;; esac
    case $name in
      tracepoints)
        echo "  link exec on_exec tracepoint category=sched name=sched_process_exec"
        echo "  link exit on_exit tracepoint category=sched name=sched_process_exit"
        echo "  link switch on_switch raw_tracepoint name=sched_switch"
        ;;
      kprobes)
        echo "  link enter enter_vfs_read kprobe func=vfs_read"
        echo "  link return return_vfs_read kprobe func=vfs_read ret=1"
        echo "  link many enter_any kprobe_multi funcs=vfs_read,vfs_write"
        ;;
      xdp-and-tc)
        echo "  pin packets"
        echo "  link frames count_frames xdp dev=lo mode=generic"
        echo "  link incoming look_at_incoming tcx dev=lo"
        ;;
      cgroup-network)
        echo "  link in count_in cgroup path=/"
        echo "  link connect allow_connect cgroup path=/"
        ;;
      netfilter-accept) echo "  link in accept_packet netfilter pf=ipv4 hook=local_in priority=-128" ;;
    esac
  done < <(awk '$2 ~ /^clang-19\// { print $2, $NF }' "$vectors/manifest")
} >plan.txt
sed 's/^/   | /' plan.txt | grep -v -E '(socket-filter|global-data|callbacks|map-|core-|kernel-|subprograms|arena|linked|odd|percpu|optional|exception)' || true
echo "   | ..."
run bpf-preload manifest --plan plan.txt --out manifest --force 2>notes.txt
echo "   ($(grep -c note: notes.txt) progs have no link here: they are loaded and attached to nothing, see notes.txt)"

step "Sign the manifest, build the image: every signature is checked offline as kernel 7.3 would"
run bpf-sign sign --as data --key release.key --cert release.crt --force manifest
run bpf-preload build --plan plan.txt --manifest manifest --out preload.img --force
# shellcheck disable=SC2012 # one known file
echo "   $(bpf-preload inspect preload.img | head -n 1)"

step "Boot it: the kernel checks each signature, the boot loader attaches and pins"
run bpf-preload boot preload.img --kernel "$kernel"

step "Flip one bit of a signed program: the offline check says no, as the kernel will"
cp -r signed damaged.tmp && rm -rf damaged && mv damaged.tmp damaged
flip damaged/lsm-observers.bpfs "$(offset damaged/lsm-observers.bpfs bpf_lsm_file_open)"
sed 's,^program signed/,program damaged/,' plan.txt >damaged-plan.txt
bpf-preload manifest --plan damaged-plan.txt --out damaged-manifest --force >/dev/null 2>&1
bpf-sign sign --as data --key release.key --cert release.crt --force damaged-manifest >/dev/null
refused bpf-preload build --plan damaged-plan.txt --manifest damaged-manifest --out damaged.img --force

step "Flip the same bit in a finished image and boot that: the kernel refuses, the machine halts"
bpf-preload build --plan plan.txt --manifest manifest --out damaged.img --compress none --force >/dev/null
flip damaged.img "$(offset damaged.img bpf_lsm_file_open)"
refused bpf-preload boot damaged.img --kernel "$kernel"

cat <<END

${bold}That is all: what was signed was loaded, what was changed was not.${plain}
What to do next:
   your own programs    bpf-sign sign --key release.key --cert release.crt --out signed YOUR.bpf.o
   your own plan        change $folder/plan.txt, then manifest, sign and build as above
   the commands         export PATH=$distribution/bin:\$PATH
   what is guaranteed   $repository/README.md
   all tests            $repository/.ci/run
END
