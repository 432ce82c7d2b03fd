// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* One map of each plain kind; kinds without BTF ids beside kinds with them; numbers given by __uint and by __type. */
#include "vector.h"

struct event {
	__u32 pid;
	char comm[16];
};

struct prefix {
	__u32 length;
	__u32 address;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, struct event);
} events_by_pid SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 32);
	__type(key, __u32);
	__type(value, __u64);
} counts_percpu SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct event);
} scratch SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16);
	__uint(key_size, sizeof(__u64));
	__uint(value_size, sizeof(__u64));
} recently_seen SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 8);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct prefix);
	__type(value, __u32);
} prefixes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__uint(max_entries, 8);
	__type(value, __u32);
} waiting SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(max_entries, 2);
	__uint(key_size, sizeof(int));
	__uint(value_size, sizeof(int));
} perf_events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8192);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_BLOOM_FILTER);
	__uint(max_entries, 100);
	__uint(map_extra, 3);
	__type(value, __u32);
} names_seen_before SEC(".maps");

SEC("raw_tp/sched_process_exec")
int record_exec(void *ctx)
{
	__u32 zero = 0, pid = bpf_get_current_pid_tgid() >> 32;
	__u64 one = 1, *count;
	struct prefix host = { 32, pid };
	struct event *event = bpf_map_lookup_elem(&scratch, &zero);

	if (!event)
		return 0;
	event->pid = pid;
	bpf_get_current_comm(event->comm, sizeof(event->comm));
	bpf_map_update_elem(&events_by_pid, &pid, event, 0);
	bpf_map_update_elem(&counts_percpu, &pid, &one, 0);
	bpf_map_update_elem(&recently_seen, &one, &one, 0);
	bpf_map_push_elem(&waiting, &pid, 0);
	bpf_map_push_elem(&names_seen_before, &pid, 0);
	bpf_ringbuf_output(&ring, event, sizeof(*event), 0);
	bpf_perf_event_output(ctx, &perf_events, BPF_F_CURRENT_CPU, event, sizeof(*event));
	count = bpf_map_lookup_elem(&counters, &zero);
	if (count && !bpf_map_lookup_elem(&prefixes, &host))
		__sync_fetch_and_add(count, 1);
	return 0;
}
