// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A program whose exception callback is named by a tag in BTF; no instruction refers to the callback. */
#include "vector.h"

extern void bpf_throw(__u64 cookie) __ksym;

__u64 thrown;

static __noinline __u64 noted(__u64 cookie)
{
	thrown = cookie;
	return cookie + 1;
}

__noinline int on_exception(__u64 cookie)
{
	return noted(cookie) & 0;
}

SEC("tc")
__attribute__((btf_decl_tag("exception_callback:on_exception")))
int throw_for_odd_packets(__u32 *packet)
{
	if (packet[0] & 1)
		bpf_throw(packet[0]);
	return 0;
}
