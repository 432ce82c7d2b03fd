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
held() {
  say "held-links-$1" "$("$here/bpfseal" status 2>/dev/null | grep -c '^held')"
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
  local few="pins links objects loads" more="keys kernel reach"
  mkdir -p "$pins"
  # shellcheck disable=SC2086 # words
  attacks nspawn env SYSTEMD_SECCOMP=0 systemd-nspawn -q --pipe --capability=all --bind="$here:/opt" --bind="$pins" \
    --bind=/loads -D "$container" /opt/attack within "$pins" $few
  # shellcheck disable=SC2086 # words
  attacks podman podman run --rm --privileged --pid=host --network=host --cgroupns=host -v /:/host \
    -v "$here:/opt" -v "$pins:$pins" -v /loads:/loads --rootfs "$container" /opt/attack within "$pins" $few $more
  # shellcheck disable=SC2086 # words
  attacks system "$here/attack" within "$pins" $few $more cover
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
    check daemon-reexec systemctl daemon-reexec
    state reexec
    echo soft-reboot >$phase
    systemctl soft-reboot
    ;;
  soft-reboot)
    check soft-reboot test "$(systemctl show --value --property=SoftRebootsCount)" = 1
    state soft-reboot
    check podman-after-soft-reboot run --rootfs "$container" true
    say end OK
    systemctl poweroff
    ;;
esac
