// SPDX-License-Identifier: Apache-2.0
#include "type_names.h"

#include <stddef.h>
#include <string.h>

/* Indexed by number: enum bpf_map_type and enum bpf_prog_type of 7.3. Number 0 (unspec) is no type. */
static const char *const map_types[] = {
	NULL,
	"hash",
	"array",
	"prog_array",
	"perf_event_array",
	"percpu_hash",
	"percpu_array",
	"stack_trace",
	"cgroup_array",
	"lru_hash",
	"lru_percpu_hash",
	"lpm_trie",
	"array_of_maps",
	"hash_of_maps",
	"devmap",
	"sockmap",
	"cpumap",
	"xskmap",
	"sockhash",
	"cgroup_storage",
	"reuseport_sockarray",
	"percpu_cgroup_storage",
	"queue",
	"stack",
	"sk_storage",
	"devmap_hash",
	"struct_ops",
	"ringbuf",
	"inode_storage",
	"task_storage",
	"bloom_filter",
	"user_ringbuf",
	"cgrp_storage",
	"arena",
	"insn_array",
	"rhash",
};

static const char *const prog_types[] = {
	NULL,
	"socket_filter",
	"kprobe",
	"sched_cls",
	"sched_act",
	"tracepoint",
	"xdp",
	"perf_event",
	"cgroup_skb",
	"cgroup_sock",
	"lwt_in",
	"lwt_out",
	"lwt_xmit",
	"sock_ops",
	"sk_skb",
	"cgroup_device",
	"sk_msg",
	"raw_tracepoint",
	"cgroup_sock_addr",
	"lwt_seg6local",
	"lirc_mode2",
	"sk_reuseport",
	"flow_dissector",
	"cgroup_sysctl",
	"raw_tracepoint_writable",
	"cgroup_sockopt",
	"tracing",
	"struct_ops",
	"ext",
	"lsm",
	"sk_lookup",
	"syscall",
	"netfilter",
};

static int number_of(const char *name, const char *const *names, size_t count)
{
	for (size_t number = 1; number < count; number++) {
		if (strcmp(names[number], name) == 0)
			return (int)number;
	}
	return -1;
}

int map_type_number(const char *name)
{
	return number_of(name, map_types, sizeof(map_types) / sizeof(map_types[0]));
}

int prog_type_number(const char *name)
{
	return number_of(name, prog_types, sizeof(prog_types) / sizeof(prog_types[0]));
}
