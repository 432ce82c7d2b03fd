// SPDX-License-Identifier: Apache-2.0
/* What the parts of the lab machine's process 1 share; judge.c says what it does. */
#ifndef BPFSEAL_JUDGE_H
#define BPFSEAL_JUDGE_H

#include <stddef.h>
#include <stdint.h>

struct blob {
	const uint8_t *bytes;
	uint32_t size;
};

/* The kernel's attributes of BPF_PROG_LOAD, up to those of Linux 6.18. */
struct load {
	uint32_t type, insn_cnt;
	uint64_t insns, license;
	uint8_t unused[96];
	uint64_t fd_array;
	uint8_t unused_too[20];
	uint32_t fd_array_cnt;
	uint64_t signature;
	uint32_t signature_size;
	int32_t keyring_id;
};
_Static_assert(offsetof(struct load, fd_array) == 120, "fd_array");
_Static_assert(sizeof(struct load) == 168, "attributes of Linux 6.18");

/* Says why on the console and switches off. */
_Noreturn void fail(const char *format, ...);

/* corpus.c: opens /corpus; *at is then the first case. */
void open_corpus(size_t *at, uint32_t *cases);
uint32_t number(size_t *at, unsigned width);
const struct blob *blob(size_t *at);

/* maps.c: makes the maps of a case and the fd_array that binds them; unbind closes all. */
void bind_maps(size_t *at, struct load *load);
void unbind_maps(void);
/* The bytes of that part of a case, for a case that is left out. */
void skip_maps(size_t *at);

/* script.c: the steps of a case of kind 3; words for them are added behind those that are there already. */
enum step {
	STEP_ADD, STEP_KEYRING, STEP_USER_KEY, STEP_EXPIRE, STEP_REVOKE, STEP_INVALIDATE, STEP_UNLINK,
	STEP_LINK, STEP_CLEAR, STEP_RESTRICT, STEP_JOIN_SESSION, STEP_MODULE, STEP_ENFORCE, STEP_VERITY, STEP_KFUNC,
	STEP_LOCK_DOWN
};
size_t take_steps(size_t *at, long keyring, char *words, size_t length, size_t size);
void skip_steps(size_t *at);
/* The serial number of what a step made, or of a system keyring; and the keyring that a load names. */
long numbered(long number_of_key);
int32_t numbered_keyring(int32_t id);

/* verity.c, kfunc.c: one question each; below 0 with errno for a refusal. */
long verity(const struct blob *content, const struct blob *signature, uint32_t algorithm, int required);
long kfunc(const struct blob *content, const struct blob *message, uint32_t mode, long id);

/* OK, or an errno's name. */
const char *name_of(int error);

#endif
