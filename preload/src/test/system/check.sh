#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# On the lab's Debian, with or without a guard: what of a usual system works, one line each on the second serial port:
#
#   bpfseal-system: NAME RESULT
#
# and the lines of the attack program, with the place before the attack's name. Ends with power-off, after a soft reboot.
set -u
here=${0%/*}
phase=/run/bpfseal-phase
pins=/run/initramfs/bpfseal
container=/srv/container
token=/run/bpfseal-token
disk=/dev/nvme0n1

exec >/dev/ttyS1 2>&1
say() {
  printf 'bpfseal-system: %s %s\n' "$1" "${2:-none}"
}
# check NAME COMMAND WORD...: OK if it ends with 0; what else it says goes to the console.
check() {
  local name=$1 output code=0
  shift
  output=$(timeout 120 bash -c '"$@"' - "$@" 2>&1) || code=$?
  if [ "$code" -eq 0 ]; then
    say "$name" OK
  else
    say "$name" "exit-$code"
    printf '%s: %s\n' "$name" "$output" | head -n 20
  fi
}
# refused NAME COMMAND WORD...: OK if it doesn't end with 0, which is what a fence is for.
refused() {
  local name=$1
  shift
  if timeout 120 bash -c '"$@"' - "$@" >/dev/null 2>&1; then say "$name" not-fenced; else say "$name" OK; fi
}
# answers NAME COMMAND WORD...: OK, or the errno that its message speaks of.
answers() {
  local name=$1 output errno
  shift
  if output=$("$@" 2>&1); then
    say "$name" OK
    return
  fi
  errno=$(sed -n 's/.*(\(E[A-Z]*\))$/\1/p' <<<"$output")
  case $output in *'Operation not permitted') errno=EPERM ;; esac
  say "$name" "${errno:-failed}"
  printf '%s: %s\n' "$name" "$output"
}
# Of the links that the loader held one is stopped by and by.
held() {
  local name=held-links
  [ ! -e "$token" ] || name=left-links
  say "$name-$1" "$("$here/bpfseal" status 2>/dev/null | grep -c '^held')"
}
# attacks PLACE COMMAND WORD...
attacks() {
  local place=$1
  shift
  timeout 300 "$@" 2>&1 | sed -u "s/^bpfseal-attack: \(.* .*\)/bpfseal-attack: $place:\1/"
}
state() {
  local target
  target=$(systemctl get-default)
  # Running or degraded: the queue of jobs is empty.
  say "state-$1" "$(timeout 300 systemctl is-system-running --wait)"
  say "default-target-$1" "$(systemctl is-active "$target")"
  say "failed-units-$1" "$(systemctl --failed --plain --no-legend | awk '{ print $1 }' | sort | paste -sd,)"
  systemctl --failed --plain --no-legend | awk '{ print $1 }' | while read -r unit; do
    systemctl status --no-pager "$unit"
  done
  held "$1"
}

run() { podman run --rm --network=none "$@"; }
podman_runs() {
  check podman run --rootfs "$container" echo hello
  check podman-cgroupfs podman --cgroup-manager=cgroupfs run --rm --network=none --rootfs "$container" true
  check podman-limits run --memory=64m --pids-limit=20 --rootfs "$container" true
  check podman-device run --device="$disk" --rootfs "$container" head -c 1 "$disk"
  refused podman-fences-devices run --cap-add=MKNOD --rootfs "$container" \
    sh -c "mknod /tmp/d b $(stat -c '%Hr %Lr' "$disk") || exit 0; head -c 1 /tmp/d"
  check podman-bridge podman run --rm --rootfs "$container" id
}
nspawn_runs() {
  check nspawn systemd-nspawn -q --pipe -D "$container" echo hello
  check nspawn-ephemeral-users systemd-nspawn -q --pipe -x -U -D "$container" id
  check nspawn-all-capabilities systemd-nspawn -q --pipe --capability=all -D "$container" id
}
service() { systemd-run --quiet --wait --pipe --collect "$@"; }
fences() {
  local listen='timeout 1 busybox nc -l -p 4000; [ $? -eq 124 ]'
  check service-reads-disk service head -c 1 "$disk"
  refused fence-devices service -p DevicePolicy=closed head -c 1 "$disk"
  check service-sends service bash -c 'exec 3<>/dev/udp/127.0.0.1/9 && echo x >&3'
  refused fence-addresses service -p IPAddressDeny=any bash -c 'exec 3<>/dev/udp/127.0.0.1/9 && echo x >&3'
  check service-listens service bash -c "$listen"
  refused fence-ports service -p SocketBindDeny=any bash -c "$listen"
}
mounts() {
  local at=/mnt
  mount -t tmpfs -o mode=0700,nosuid tmpfs $at && mkdir $at/a $at/b && mount -o remount,ro $at &&
    mount -o remount,rw,noexec $at && mount --bind $at/a $at/b && mount --make-rshared $at && mount --make-rprivate $at &&
    umount -R $at
}
system_works() {
  check modprobe modprobe dummy
  check mounts mounts
  check unshare unshare --mount --pid --fork --mount-proc true
  for unit in systemd-journald systemd-udevd systemd-logind; do
    check "restart-$unit" systemctl restart "$unit.service"
  done
  check udev udevadm trigger --settle --subsystem-match=block
}
export container
export -f run service mounts
all_attacks() {
  local few="pins uring links objects loads" more="keys kernel reach"
  mkdir -p "$pins"
  # shellcheck disable=SC2086 # words
  attacks nspawn env SYSTEMD_SECCOMP=0 systemd-nspawn -q --pipe --capability=all --bind="$here:/opt" --bind="$pins" \
    --bind=/loads --setenv=BPFSEAL_KEYRING="$(sed -n 's/^\([0-9a-f]*\) .* bpfseal: .*/\1/p' /proc/keys)" -D "$container" /opt/attack within "$pins" $few
  # shellcheck disable=SC2086 # words
  attacks podman podman run --rm --privileged --pid=host --network=host --cgroupns=host -v /:/host \
    -v "$here:/opt" -v "$pins:$pins" -v /loads:/loads --rootfs "$container" /opt/attack within "$pins" $few $more
  # shellcheck disable=SC2086 # words
  attacks system "$here/attack" within "$pins" $few $more tracing races cover tasks
}

# signed KEY CHALLENGE TOKEN: the machine's console is a way to somebody who has the keys.
signed() {
  local answer
  for _ in 1 2 3; do
    printf 'bpfseal-challenge: %s %s\n' "$1" "$(base64 -w 0 "$2")" >&3
    read -r -t 60 answer <&3 && base64 -d <<<"$answer" >"$3" && return
  done
  return 1
}
# One held link is stopped as its key's holder wants it.
stop() {
  local link=lsm-observers/committed text=/run/bpfseal-challenge last id
  : >$token
  "$here/bpfseal" status >/dev/null 2>&1 || return
  exec 3<>/dev/ttyS0
  stty -F /dev/ttyS0 -echo
  answers stop-unlink-first unlink "$pins/$link"
  "$here/bpfseal" challenge $link >$text
  id=$(sed -n 's/^link \([0-9]*\) .*/\1/p' $text)
  signed other $text /run/foreign
  answers stop-foreign-token "$here/bpfseal" confirm /run/foreign
  signed p256 $text /run/good
  last=$(tail -c 1 /run/good | od -An -tu1)
  # shellcheck disable=SC2059 # the byte is the format
  { head -c -1 /run/good && printf "\\x$(printf %02x $((last ^ 1)))"; } >/run/damaged
  answers stop-damaged-token "$here/bpfseal" confirm /run/damaged
  answers stop-unlink-unconfirmed unlink "$pins/$link"
  answers stop-token "$here/bpfseal" confirm /run/good
  answers stop-unlink-other unlink "$pins/lsm-observers/open"
  say stop-link-before "$("$here/attack" exists "$id")"
  answers stop-unlink unlink "$pins/$link"
  sleep 1
  say stop-link "$("$here/attack" exists "$id")"
  mv /run/good $token
  answers stop-token-again "$here/bpfseal" confirm $token
  exec 3>&-
}

case $(cat $phase 2>/dev/null) in
  "")
    state boot
    system_works
    fences
    podman_runs
    nspawn_runs
    held containers
    all_attacks
    held attacks
    stop
    held stop
    check daemon-reexec systemctl daemon-reexec
    state reexec
    echo soft-reboot >$phase
    systemctl soft-reboot
    ;;
  soft-reboot)
    check soft-reboot test "$(systemctl show --value --property=SoftRebootsCount)" = 1
    state soft-reboot
    [ ! -s $token ] || answers stop-token-after-soft-reboot "$here/bpfseal" confirm $token
    check podman-after-soft-reboot run --rootfs "$container" true
    say end OK
    systemctl poweroff
    ;;
esac
