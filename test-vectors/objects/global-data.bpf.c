// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Every kind of data section: constants, initialised and zero variables, sections of their own, static and hidden variables. */
#include "vector.h"

const volatile __u32 limit = 1000;
const volatile char greeting[12] = "bpfseal";
static const volatile __u8 table[5] = { 1, 1, 2, 3, 5 };

__u64 executed = 42;
static volatile __u32 last_index = 2;
__u64 zero_counter;
static volatile __u32 zero_static;
__hidden __u32 hidden_counter = 1;

__u32 custom_value SEC(".data.custom") = 0x12345678;
const volatile __u64 custom_constant SEC(".rodata.custom") = 0x0102030405060708ULL;
__u64 custom_zero[3] SEC(".bss.custom");

SEC("raw_tp/sched_process_exec")
int use_all_sections(void *ctx)
{
	char comm[16];

	bpf_get_current_comm(comm, sizeof(comm));
	if (comm[0] == greeting[0] || executed > limit)
		return 0;
	executed += table[last_index & 3];
	zero_counter += custom_constant;
	zero_static = custom_value;
	hidden_counter++;
	custom_zero[1]++;
	bpf_printk("exec number %d", executed);
	return 0;
}
