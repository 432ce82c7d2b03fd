// SPDX-License-Identifier: Apache-2.0
/* System calls that the C library doesn't wrap. Results: 0 or more is success, a negative number is -errno. */
#ifndef BPFSEAL_SYSTEM_H
#define BPFSEAL_SYSTEM_H

#include <stddef.h>
#include <stdint.h>

#include "bpf_abi.h"

int system_bpf(enum bpf_command command, void *args, uint32_t size);
int system_perf_event_open(const struct perf_event_args *args, int pid, int cpu);

/* The new key's serial number; ring: a serial number or one of the kernel's negative names. */
int system_add_key(const char *type, const char *description, const void *payload, size_t size, int ring);

/* Lets nothing be added to the ring from now on: KEYCTL_RESTRICT_KEYRING without a type. */
int system_seal_keyring(int ring);

int system_link_key(int key, int ring);

/* What possessor, owner, group and others may do: KEYCTL_SETPERM. */
int system_set_key_permissions(int key, uint32_t permissions);

/* The serial number of the user keyring of the process's real user, made if there is none. */
int system_user_keyring(void);

/* Closes every file descriptor from 3 on. */
void system_close_all(void);

#endif
