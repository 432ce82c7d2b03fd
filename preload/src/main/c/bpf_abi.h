// SPDX-License-Identifier: Apache-2.0
/*
 * The part of bpf(2)'s interface that the loader uses, laid out by hand: the build host's <linux/bpf.h> may be older
 * than the kernel that is booted. Numbers and offsets: include/uapi/linux/bpf.h of 7.3; 6.18 has the same.
 */
#ifndef BPFSEAL_BPF_ABI_H
#define BPFSEAL_BPF_ABI_H

#include <stddef.h>
#include <stdint.h>

enum bpf_command {
	CMD_MAP_CREATE = 0,
	CMD_MAP_UPDATE_ELEM = 2,
	CMD_PROG_LOAD = 5,
	CMD_OBJ_PIN = 6,
	CMD_OBJ_GET = 7,
	CMD_PROG_RUN = 10,
	CMD_PROG_GET_NEXT_ID = 11,
	CMD_PROG_GET_FD_BY_ID = 13,
	CMD_OBJ_GET_INFO_BY_FD = 15,
	CMD_RAW_TRACEPOINT_OPEN = 17,
	CMD_MAP_FREEZE = 22,
	CMD_LINK_CREATE = 28,
	CMD_LINK_GET_FD_BY_ID = 30,
	CMD_LINK_GET_NEXT_ID = 31,
	CMD_ITER_CREATE = 33,
};

enum {
	MAP_ARRAY = 2,
	PROG_SYSCALL = 31,
	PROG_FLAG_SLEEPABLE = 1 << 4,
	ATTACH_TRACE_ITER = 28,
	ATTACH_XDP = 37,
	ATTACH_PERF_EVENT = 41,
	ATTACH_KPROBE_MULTI = 42,
	ATTACH_NETFILTER = 45,
	KPROBE_MULTI_RETURN = 1 << 0,
	XDP_MODE_GENERIC = 1 << 1,
	XDP_MODE_NATIVE = 1 << 2,
	OBJECT_NAME_SIZE = 16,
	SHA256_SIZE = 32,
};

/* Every struct is used with its _SIZE, the number of bytes that the kernel reads; the compiler may add padding. */

struct map_create_args {
	uint32_t map_type, key_size, value_size, max_entries, map_flags, inner_map_fd, numa_node;
	char map_name[OBJECT_NAME_SIZE];
	uint32_t map_ifindex, btf_fd, btf_key_type_id, btf_value_type_id, btf_vmlinux_value_type_id;
	uint64_t map_extra;
	int32_t value_type_btf_obj_fd, map_token_fd;
	uint64_t excl_prog_hash;
	uint32_t excl_prog_hash_size;
};
#define MAP_CREATE_SIZE 92
#define MAP_CREATE_SIZE_BEFORE_6_18 76
_Static_assert(offsetof(struct map_create_args, map_name) == 28, "map_name");
_Static_assert(offsetof(struct map_create_args, excl_prog_hash) == 80, "excl_prog_hash");

struct map_update_args {
	uint32_t map_fd, unused;
	uint64_t key, value, flags;
};
#define MAP_UPDATE_SIZE 32

struct map_freeze_args {
	uint32_t map_fd;
};
#define MAP_FREEZE_SIZE 4

struct prog_load_args {
	uint32_t prog_type, insn_cnt;
	uint64_t insns, license;
	uint32_t log_level, log_size;
	uint64_t log_buf;
	uint32_t kern_version, prog_flags;
	char prog_name[OBJECT_NAME_SIZE];
	uint32_t prog_ifindex, expected_attach_type, prog_btf_fd, func_info_rec_size;
	uint64_t func_info;
	uint32_t func_info_cnt, line_info_rec_size;
	uint64_t line_info;
	uint32_t line_info_cnt, attach_btf_id, attach_prog_fd, core_relo_cnt;
	uint64_t fd_array, core_relos;
	uint32_t core_relo_rec_size, log_true_size;
	int32_t prog_token_fd;
	uint32_t fd_array_cnt;
	uint64_t signature;
	uint32_t signature_size;
	int32_t keyring_id;
};
#define PROG_LOAD_SIZE 168
#define PROG_LOAD_SIZE_BEFORE_6_18 148
_Static_assert(offsetof(struct prog_load_args, prog_flags) == 44, "prog_flags");
_Static_assert(offsetof(struct prog_load_args, fd_array) == 120, "fd_array");
_Static_assert(offsetof(struct prog_load_args, fd_array_cnt) == 148, "fd_array_cnt");
_Static_assert(offsetof(struct prog_load_args, keyring_id) == 164, "keyring_id");

struct prog_run_args {
	uint32_t prog_fd, retval, data_size_in, data_size_out;
	uint64_t data_in, data_out;
	uint32_t repeat, duration, ctx_size_in, ctx_size_out;
	uint64_t ctx_in, ctx_out;
	uint32_t flags, cpu, batch_size;
};
#define PROG_RUN_SIZE 80
_Static_assert(offsetof(struct prog_run_args, ctx_size_in) == 40, "ctx_size_in");
_Static_assert(offsetof(struct prog_run_args, ctx_in) == 48, "ctx_in");
_Static_assert(sizeof(struct prog_run_args) == PROG_RUN_SIZE, "prog_run_args");

struct object_pin_args {
	uint64_t pathname;
	uint32_t bpf_fd, file_flags;
};
#define OBJECT_PIN_SIZE 16

struct object_info_args {
	uint32_t bpf_fd, info_len;
	uint64_t info;
};
#define OBJECT_INFO_SIZE 16

struct map_info {
	uint32_t type, id, key_size, value_size, max_entries, map_flags;
	char name[OBJECT_NAME_SIZE];
	uint8_t between[48];
	uint64_t hash;
	uint32_t hash_size, unused;
};
#define MAP_INFO_SIZE 104
_Static_assert(offsetof(struct map_info, name) == 24, "name");
_Static_assert(offsetof(struct map_info, hash) == 88, "hash");
_Static_assert(sizeof(struct map_info) == MAP_INFO_SIZE, "map_info");

struct prog_info {
	uint32_t type, id;
	uint8_t tag[8], before[48];
	char name[OBJECT_NAME_SIZE];
	uint8_t between[144];
	uint32_t attach_btf_id, unused;
};
#define PROG_INFO_SIZE 232
_Static_assert(offsetof(struct prog_info, name) == 64, "name");
_Static_assert(offsetof(struct prog_info, attach_btf_id) == 224, "attach_btf_id");
_Static_assert(sizeof(struct prog_info) == PROG_INFO_SIZE, "prog_info");

struct link_info {
	uint32_t type, id, prog_id, unused;
	uint64_t rest[6];
};
#define LINK_INFO_SIZE 64
#define LINK_TYPE_ITER 4
_Static_assert(sizeof(struct link_info) == LINK_INFO_SIZE, "link_info");

/* GET_FD_BY_ID and GET_NEXT_ID; ITER_CREATE has the link's fd in the place of id. */
struct object_id_args {
	uint32_t id, next_id, open_flags;
};
#define OBJECT_ID_SIZE 12
#define ITER_CREATE_SIZE 8

struct raw_tracepoint_args {
	uint64_t name;
	uint32_t prog_fd;
};
#define RAW_TRACEPOINT_SIZE 12

struct link_create_args {
	uint32_t prog_fd, target, attach_type, flags;
	union {
		struct {
			uint32_t flags, count;
			uint64_t symbols, addresses, cookies;
		} kprobe_multi;
		struct {
			uint32_t pf, hook;
			int32_t priority;
			uint32_t flags;
		} netfilter;
		uint64_t words[4];
	} kind;
};
#define LINK_CREATE_SIZE 48
_Static_assert(sizeof(struct link_create_args) == LINK_CREATE_SIZE, "link_create_args");

/* perf_event_open(2), version 5 of the attribute. */
struct perf_event_args {
	uint32_t type, size;
	uint64_t config, sample_period, sample_type, read_format, flags;
	uint32_t wakeup_events, bp_type;
	uint64_t config1, config2;
	uint64_t rest[5];
};
#define PERF_EVENT_SIZE 112
#define PERF_TYPE_TRACEPOINT 2
#define PERF_FLAG_CLOEXEC 8
_Static_assert(offsetof(struct perf_event_args, config1) == 56, "config1");
_Static_assert(sizeof(struct perf_event_args) == PERF_EVENT_SIZE, "perf_event_args");

/* The light skeleton's ctx: a header, then one of these for each map, then one s32 fd for each loaded program. */
struct loader_ctx_header {
	uint32_t size, flags, log_level, log_size;
	uint64_t log_buf;
};
_Static_assert(sizeof(struct loader_ctx_header) == 24, "loader_ctx_header");

struct loader_ctx_map {
	int32_t fd;
	uint32_t max_entries;
	uint64_t initial_value;
};
_Static_assert(sizeof(struct loader_ctx_map) == 16, "loader_ctx_map");

static inline uint64_t address_of(const void *pointer)
{
	return (uint64_t)(uintptr_t)pointer;
}

#endif
