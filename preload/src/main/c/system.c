// SPDX-License-Identifier: Apache-2.0
#include "system.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	KEYCTL_GET_ID = 0,
	KEYCTL_SET_PERMISSIONS = 5,
	KEYCTL_LINK = 8,
	KEYCTL_RESTRICT = 29,
	USER_KEYRING = -4,		/* KEY_SPEC_USER_KEYRING */
	FIRST_OWN_FD = 3,
};

static int result_of(long returned)
{
	return returned < 0 ? -errno : (int)returned;
}

int system_bpf(enum bpf_command command, void *args, uint32_t size)
{
	return result_of(syscall(SYS_bpf, (long)command, args, (unsigned long)size));
}

int system_perf_event_open(const struct perf_event_args *args, int pid, int cpu)
{
	return result_of(syscall(SYS_perf_event_open, args, (long)pid, (long)cpu, -1L, (unsigned long)PERF_FLAG_CLOEXEC));
}

int system_add_key(const char *type, const char *description, const void *payload, size_t size, int ring)
{
	return result_of(syscall(SYS_add_key, type, description, payload, size, (long)ring));
}

int system_seal_keyring(int ring)
{
	return result_of(syscall(SYS_keyctl, (long)KEYCTL_RESTRICT, (long)ring, NULL, NULL, NULL));
}

int system_link_key(int key, int ring)
{
	return result_of(syscall(SYS_keyctl, (long)KEYCTL_LINK, (long)key, (long)ring));
}

int system_set_key_permissions(int key, uint32_t permissions)
{
	return result_of(syscall(SYS_keyctl, (long)KEYCTL_SET_PERMISSIONS, (long)key, (unsigned long)permissions));
}

int system_user_keyring(void)
{
	return result_of(syscall(SYS_keyctl, (long)KEYCTL_GET_ID, (long)USER_KEYRING, 1L));
}

void system_close_all(void)
{
	syscall(SYS_close_range, (unsigned long)FIRST_OWN_FD, ~0UL & 0xffffffffUL, 0UL);
}
