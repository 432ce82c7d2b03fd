// SPDX-License-Identifier: Apache-2.0
/* File systems of the boot. All but the pins' bpffs are taken away again before the next program starts. */
#ifndef BPFSEAL_MOUNTS_H
#define BPFSEAL_MOUNTS_H

#define PIN_ROOT "/bpfseal"
#define VIEW_ROOT "/run/initramfs/bpfseal"
#define CGROUP_ROOT "/sys/fs/cgroup"
#define TRACING_ROOT "/sys/kernel/tracing"
#define SECURITY_ROOT "/sys/kernel/security"

enum mount_kind { MOUNT_DEV, MOUNT_PROC, MOUNT_SYS, MOUNT_PINS, MOUNT_TRACING, MOUNT_CGROUP, MOUNT_SECURITY, MOUNT_KINDS };

/*
 * Mounts it once, making the directory if need be; 0 or -errno. Something mounted there by another is used as it is,
 * and left. MOUNT_TRACING, MOUNT_CGROUP and MOUNT_SECURITY lie below MOUNT_SYS.
 */
int mount_needed(enum mount_kind kind);

const char *mount_path(enum mount_kind kind);

/*
 * Shows the pins at VIEW_ROOT, below a /run made for it if there is none yet. The view may be lost later on: nothing
 * but the way to unlink a released pin hangs on it. 0 or -errno.
 */
int mount_view(void);

/* Undoes, newest first, what mount_needed() mounted, save MOUNT_PINS. */
void mounts_release(void);

#endif
