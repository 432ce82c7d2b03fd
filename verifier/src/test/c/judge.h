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

#endif
