// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* LSM hooks that only watch: every decision of others stands. One is sleepable, one hook returns nothing. */
#include "vector.h"
#include <bpf/bpf_tracing.h>

struct file;
struct cred;

struct linux_binprm {
	struct file *file;
	const char *filename;
} __attribute__((preserve_access_index));

__u64 opened;
__u64 executed;
char last_program[64];

SEC("lsm/file_open")
int BPF_PROG(watch_open, struct file *file, int decided)
{
	__sync_fetch_and_add(&opened, 1);
	return 0;
}

SEC("lsm.s/bprm_check_security")
int BPF_PROG(watch_exec, struct linux_binprm *bprm)
{
	bpf_probe_read_kernel_str(last_program, sizeof(last_program), bprm->filename);
	__sync_fetch_and_add(&executed, 1);
	return 0;
}

SEC("lsm/bprm_committed_creds")
int BPF_PROG(watch_committed, struct linux_binprm *bprm)
{
	return 0;
}
