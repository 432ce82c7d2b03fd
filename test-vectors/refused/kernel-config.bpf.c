// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Values of the target kernel's configuration and version. */
#include "../objects/vector.h"

extern int LINUX_KERNEL_VERSION __kconfig;
extern enum libbpf_tristate CONFIG_BPF_SYSCALL __kconfig;
extern unsigned CONFIG_HZ __kconfig __weak;
extern char CONFIG_DEFAULT_HOSTNAME[8] __kconfig __weak;

__u64 seen;

SEC("socket")
int use_config(void *packet)
{
	seen = LINUX_KERNEL_VERSION + CONFIG_BPF_SYSCALL + CONFIG_HZ + CONFIG_DEFAULT_HOSTNAME[0];
	return 0;
}
