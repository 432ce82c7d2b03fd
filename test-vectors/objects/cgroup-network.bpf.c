// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Programs of a control group: packets in and out, connect, socket creation. Everything is allowed. */
#include "vector.h"

__u64 bytes_in;
__u64 bytes_out;
__u64 connects;

struct __sk_buff {
	__u32 len;
	__u32 pkt_type;
};

SEC("cgroup_skb/ingress")
int count_in(struct __sk_buff *packet)
{
	__sync_fetch_and_add(&bytes_in, packet->len);
	return 1;
}

SEC("cgroup_skb/egress")
int count_out(struct __sk_buff *packet)
{
	__sync_fetch_and_add(&bytes_out, packet->len);
	return 1;
}

SEC("cgroup/connect4")
int allow_connect(void *address)
{
	__sync_fetch_and_add(&connects, 1);
	return 1;
}

SEC("cgroup/sock_create")
int allow_socket(void *sock)
{
	return 1;
}
