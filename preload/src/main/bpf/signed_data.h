// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * For the programs of an image with a guard: policy data takes effect only if it is signed, by `bpf-sign sign --as data`, with
 * a key of the keyring that the image's programs were verified with. The kernel verifies it, on 6.12 and later.
 *
 *	SEC("lsm.s/bpf")
 *	int BPF_PROG(feed, int command, void *attr)
 *	{
 *		signed_data_learn(command, attr);
 *		if (command != FEED)	// a number that the kernel doesn't use
 *			return 0;
 *		... bpf_copy_from_user() of content and signature into values of maps ...
 *		error = signed_data_verify(value->content, content_size, value->signature, signature_size);
 *		if (error != 0)
 *			return error;
 *		... what is in value->content is what was signed ...
 *		return -EINPROGRESS;	// a hook can't make the system call succeed
 *	}
 *
 * Only sleepable programs may call it. Copy first, then verify, and use the copy: the sender's memory may change meanwhile.
 * Nothing but the content is signed: put a purpose into it, and a version if an older one mustn't come back.
 */
#ifndef BPFSEAL_SIGNED_DATA_H
#define BPFSEAL_SIGNED_DATA_H

#include "guard_abi.h"
#include "kernel.h"

/*
 * Which keyring that is; not before the boot loader has told the guard, in its last command. It is a map of its own so that the
 * program's own check on the hook bpf_map can refuse to give it out: who can write to it chooses the keyring.
 */
struct signed_data_ring {
	__u32 known;
	__s32 serial;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct signed_data_ring);
} signed_data_ring SEC(".maps");

static __always_inline struct signed_data_ring *signed_data_known_ring(void)
{
	const __u32 first = 0;

	return bpf_map_lookup_elem(&signed_data_ring, &first);
}

/*
 * Every program on the hook bpf sees the boot loader's commands to the guard, newest program first. Nothing but the boot
 * loader has run until it seals, and this believes the first one that does.
 */
static __always_inline void signed_data_learn(int command, const void *attr)
{
	struct signed_data_ring *ring = signed_data_known_ring();
	struct guard_setup setup = {0};

	if (command != GUARD_SETUP || ring == NULL || ring->known)
		return;
	bpf_probe_read_kernel(&setup, sizeof(setup), attr);
	if (setup.operation != SETUP_SEAL)
		return;
	ring->serial = setup.keyring;
	ring->known = 1;
}

/*
 * 0, or what the hook may return: -EAGAIN before the guard is sealed, -ENOKEY for a key that is not in the ring,
 * -EKEYREJECTED for a wrong signature, -ENOPKG for an algorithm that the kernel lacks, -EBADMSG for all else. Both memories
 * belong to values of maps.
 */
static __noinline int signed_data_verify(void *content, __u32 content_size, void *signature, __u32 signature_size)
{
	struct signed_data_ring *ring = signed_data_known_ring();
	struct bpf_dynptr content_view, signature_view;
	struct bpf_key *key;
	__s32 serial;
	int error;

	if (ring == NULL || !ring->known)
		return -EAGAIN;
	serial = ring->serial;
	if (bpf_dynptr_from_mem(content, content_size, 0, &content_view) != 0 ||
	    bpf_dynptr_from_mem(signature, signature_size, 0, &signature_view) != 0)
		return -EBADMSG;
	key = serial >= 0 && serial <= 2 ? bpf_lookup_system_key(serial) : bpf_lookup_user_key(serial, 0);
	if (key == NULL)
		return -ENOKEY;
	error = bpf_verify_pkcs7_signature(&content_view, &signature_view, key);
	bpf_key_put(key);
	switch (error) {
	case 0:
		return 0;
	case -ENOKEY:
		return -ENOKEY;
	case -EKEYREJECTED:
		return -EKEYREJECTED;
	case -ENOPKG:
		return -ENOPKG;
	}
	return -EBADMSG;
}

#endif
