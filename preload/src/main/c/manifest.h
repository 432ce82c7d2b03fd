// SPDX-License-Identifier: Apache-2.0
/*
 * The manifest, version 1: what is loaded, in order, and what it is attached to. Its lines, in this order:
 *
 *	bpfseal-manifest 1
 *	version N				1 to 4294967295
 *	keyring user|builtin|secondary|platform
 *	cert NAME.der SHA256			1 to 16 for keyring user, else none
 *	failure halt|reboot
 *	next /PATH
 *
 * for an image with a guard
 *
 *	guard types|signed|any			what may be loaded once sealed
 *	data SIZE SHA256			the guard's own blob, forms, maps and programs as below, without pins
 *	form ...
 *	map ...
 *	prog ...
 *	confirm NAME.der SHA256			0 to 16 certificates whose keys may sign tokens
 *
 * then 1 to 64 programs, each of
 *
 *	program NAME required|optional
 *	data SIZE SHA256			the blob
 *	form 7.3 SIZE SHA256			the instructions; one of the two forms or both
 *	form 6.18 SIZE SHA256
 *	map NAME TYPE [pin]			0 to 64, by index
 *	prog NAME TYPE				0 to 32, in load order
 *	link NAME PROG KIND [KEY=VALUE ...] [HOLD]	0 to 64; kinds, keys and HOLD: manifest_link.c
 *
 * Strict ASCII text: lines of at most 1000 bytes before their LF, words parted by one space, no blank lines, nothing
 * unknown, nothing twice, nothing out of order, at most 64 KiB. Numbers are decimal without leading zeros, sizes are
 * multiples of 8, hashes 64 lower-case hex digits, paths absolute and in their shortest spelling; what a name may look
 * like: manifest_line.h. The reader is total: any bytes give a manifest or a fault.
 */
#ifndef BPFSEAL_MANIFEST_H
#define BPFSEAL_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "guard_abi.h"

enum {
	MANIFEST_SIZE_MAX = 64 * 1024,
	MANIFEST_LINE_MAX = 1000,
	MANIFEST_CERTS_MAX = 16,
	MANIFEST_PROGRAMS_MAX = 64,
	MANIFEST_MAPS_MAX = 64,
	MANIFEST_PROGS_MAX = 32,
	MANIFEST_LINKS_MAX = 64,
	MANIFEST_DATA_MAX = 16 * 1024 * 1024,
	MANIFEST_INSNS_MAX = 8 * 1000 * 1000,
	MANIFEST_HASH_SIZE = 32,
};

enum keyring_kind { KEYRING_USER, KEYRING_BUILTIN, KEYRING_SECONDARY, KEYRING_PLATFORM };
enum failure_mode { FAILURE_HALT, FAILURE_REBOOT };
enum form_kind { FORM_7_3, FORM_6_18, FORM_KINDS };

enum link_kind {
	LINK_LSM,
	LINK_TRACING,
	LINK_ITER,
	LINK_RAW_TRACEPOINT,
	LINK_CGROUP,
	LINK_XDP,
	LINK_TCX,
	LINK_TRACEPOINT,
	LINK_KPROBE,
	LINK_KPROBE_MULTI,
	LINK_NETFILTER,
	LINK_KINDS,
};

/* A file's size in bytes and SHA-256; size 0: the manifest has no such file. */
struct manifest_file {
	uint32_t size;
	uint8_t sha256[MANIFEST_HASH_SIZE];
};

struct manifest_cert {
	const char *name;
	uint8_t sha256[MANIFEST_HASH_SIZE];
};

struct manifest_map {
	const char *name;
	int type;
	bool pinned;
};

struct manifest_prog {
	const char *name;
	int type;
};

/* Fields that the kind doesn't use are 0. */
struct manifest_link {
	const char *name;
	unsigned prog;		/* index into the program's progs */
	enum link_kind kind;
	const char *target;	/* tracepoint, cgroup path, interface or function; kprobe_multi: the first function */
	const char *category;	/* of a tracepoint */
	unsigned target_count;	/* kprobe_multi: functions, each NUL-terminated, one after the other */
	uint32_t attach_type;
	uint32_t mode;		/* xdp: flags of bpf(2) */
	uint32_t offset;	/* kprobe: bytes from the function's start */
	bool on_return;
	uint32_t pf, hook;
	int32_t priority;
	bool held;		/* stop-on-confirm */
	uint32_t confirmers;	/* held: bit i for the manifest's confirm line i */
};

struct manifest_program {
	const char *name;
	bool optional;
	struct manifest_file data;
	struct manifest_file forms[FORM_KINDS];
	unsigned map_count, prog_count, link_count;
	struct manifest_map maps[MANIFEST_MAPS_MAX];
	struct manifest_prog progs[MANIFEST_PROGS_MAX];
	struct manifest_link links[MANIFEST_LINKS_MAX];
};

struct manifest {
	uint32_t version;
	enum keyring_kind keyring;
	enum failure_mode failure;
	const char *next;
	bool guarded;
	enum guard_loads loads;
	unsigned cert_count, confirm_count, program_count;
	struct manifest_cert certs[MANIFEST_CERTS_MAX];
	struct manifest_cert confirms[MANIFEST_CERTS_MAX];
	struct manifest_program guard;
	struct manifest_program programs[MANIFEST_PROGRAMS_MAX];
	char text[MANIFEST_SIZE_MAX + 1];	/* the strings above point into it */
};

/* Where and why a manifest was refused: line and column (in bytes) count from 1. */
struct manifest_fault {
	unsigned line, column;
	const char *expected;
};

/* Fills out, which is large: keep it in static memory. False: out is of no use and the fault says why. */
bool manifest_parse(const uint8_t *bytes, size_t size, struct manifest *out, struct manifest_fault *fault);

const char *link_kind_name(enum link_kind kind);
const char *form_name(enum form_kind form);
const char *keyring_kind_name(enum keyring_kind kind);
const char *loads_name(enum guard_loads loads);

#endif
