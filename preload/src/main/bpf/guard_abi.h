// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * How user space talks to the guard: two numbers of bpf(2) that no kernel uses. The guard's program on the LSM hook bpf
 * sees them first, with the attributes already copied into the kernel. Since a hook can't make the system call succeed,
 * success is EINPROGRESS. Without the guard both are EINVAL. Bit 16 of the number means something to 7.3: it is clear.
 */
#ifndef BPFSEAL_GUARD_ABI_H
#define BPFSEAL_GUARD_ABI_H

#include <stdint.h>

enum {
	GUARD_SETUP = 0x5ea0,	/* struct guard_setup; until sealed */
	GUARD_CONFIRM = 0x5ea1,	/* struct guard_confirm; EAGAIN until sealed */
};

enum {
	GUARD_NAME_SIZE = 128,		/* PROGRAM/LINK, NUL-padded */
	GUARD_DIGEST_SIZE = 32,
	GUARD_CONTENT_MAX = 256 * 1024,
	GUARD_SIGNATURE_MAX = 4096,
	GUARD_HOLDS_MAX = 1024,
	GUARD_KEYS_MAX = 512,
};

enum guard_setup_operation {
	SETUP_VERIFY = 1,	/* the signature over content by a key of the keyring */
	SETUP_OWN_MAP,		/* id: one of the guard's maps */
	SETUP_OWN_PROG,		/* id: one of the guard's programs */
	SETUP_OWN_LINK,		/* fd: pin of one of the guard's links, opened with O_PATH */
	SETUP_HOLD,		/* fd: pin of a link, opened with O_PATH; keyring: who may confirm, 0 for nobody */
	SETUP_KEY,		/* id: serial number of a key or keyring that stays as it is; flags: KEY_FLAG_... */
	SETUP_SEAL,		/* fd: root of the pins' mount, opened with O_PATH; keyring of the programs, id of the ring
				   whose keys may hold further links, loads, version, nonce, flags: SEAL_FLAG_... for the status */
};

enum { KEY_FLAG_SEARCHED = 1 };		/* the kernel searches it when it verifies; any other key answers no search */
enum {
	SEAL_FLAG_GUARD_BY_KERNEL = 1,		/* the kernel verified the guard's signature */
	SEAL_FLAG_PROGRAMS_BY_KERNEL = 2,	/* and the programs' */
};

enum guard_loads { LOADS_TYPES, LOADS_SIGNED, LOADS_ANY };

struct guard_setup {
	uint32_t operation;
	int32_t fd;
	uint32_t id, flags;
	uint64_t content, signature;
	uint32_t content_size, signature_size;
	int32_t keyring;	/* serial number, or 0 builtin, 1 secondary, 2 platform */
	uint32_t loads;
	uint64_t nonce[2];
	uint32_t version, unused;	/* the manifest's */
};

enum guard_operation { OPERATION_STOP = 1, OPERATION_HOLD, OPERATION_REPLACE };

/*
 * What is signed for a confirm: 200 bytes, numbers in the machine's order (little-endian on all that are supported).
 * Every byte that the operation doesn't use is 0.
 */
struct guard_token {
	uint8_t magic[8];
	uint32_t operation;
	uint32_t link;				/* its id */
	uint64_t sequence;			/* counts the confirms of this boot */
	uint64_t nonce[2];			/* of this boot */
	uint8_t digest[GUARD_DIGEST_SIZE];	/* replace: SHA-256 of the instructions that the other program's loader has */
	char name[GUARD_NAME_SIZE];		/* of the link, so that the signer sees what the guard compares */
};
#define GUARD_TOKEN_MAGIC "BPFSEAL\1"
_Static_assert(sizeof(struct guard_token) == 200, "guard_token");

/*
 * The attributes of GUARD_CONFIRM. Operation and link are the token's, else EBADMSG. They stand here for other BSMs: an
 * image's program on the hook bpf is called with GUARD_CONFIRM before the guard, and may refuse it by returning an error,
 * which is then the answer. (The kernel calls the programs of a hook newest first, and the guard's is the first attached.)
 * Anybody may ask for anything, so what it sees is a claim that is still to be verified: it may refuse it, and must not
 * count on it.
 */
struct guard_confirm {
	uint32_t operation;
	uint32_t link;
	uint64_t token, signature;
	uint32_t token_size, signature_size;
	int32_t pin_fd;		/* hold: the link's pin in the guard's bpffs, opened with O_PATH */
	uint32_t unused;
};

/*
 * Answers to GUARD_CONFIRM:
 *	EINPROGRESS	confirmed; nothing has been stopped yet
 *	EAGAIN		not sealed yet
 *	EBADMSG		no token: wrong size, magic or name, bytes that must be 0 aren't, or the signature can't be read
 *	EOPNOTSUPP	unknown operation; replace where the kernel knows no signatures, or anything may be loaded
 *	ESTALE		token of another boot
 *	EALREADY	its sequence number has been used: a replay, or another confirm was faster
 *	ERANGE		its sequence number has not been reached
 *	ENOENT		no hold has this link id
 *	ENXIO		the link with this id has another name
 *	EIDRM		the link was released by an earlier confirm; it can't be held again
 *	EEXIST		hold: the link is held already
 *	EPERM		nobody may confirm this link
 *	EBADF		hold: the pin is none of this link in the guard's bpffs, or was removed
 *	EBUSY		hold: somebody is just removing the pin
 *	ENOKEY		no key that may confirm this link made the signature
 *	EKEYREJECTED	the key that it names did not make it
 *	ENOPKG		the kernel lacks an algorithm
 *	ENOSPC		hold, replace: no room for more
 *	any other	another BSM refused
 */

#endif
