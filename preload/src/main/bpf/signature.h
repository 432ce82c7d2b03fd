// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#ifndef BPFSEAL_SIGNATURE_H
#define BPFSEAL_SIGNATURE_H

#include "state.h"

enum { SYSTEM_KEYRINGS = 3 };

/* The kernel verifies detached CMS with the keys of the ring. Both memories belong to values of maps. */
static __noinline int verify(void *content, __u32 content_size, void *signature, __u32 signature_size, __s32 keyring)
{
	struct bpf_dynptr content_view, signature_view;
	struct bpf_key *key;
	int error;

	if (bpf_dynptr_from_mem(content, content_size, 0, &content_view) != 0 ||
	    bpf_dynptr_from_mem(signature, signature_size, 0, &signature_view) != 0)
		return -EBADMSG;
	key = keyring >= 0 && keyring < SYSTEM_KEYRINGS ? bpf_lookup_system_key(keyring) : bpf_lookup_user_key(keyring, 0);
	if (key == NULL)
		return -ENOKEY;
	error = bpf_verify_pkcs7_signature(&content_view, &signature_view, key);
	bpf_key_put(key);
	/* A hook returns only what the verifier of programs can see to be an errno. */
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
