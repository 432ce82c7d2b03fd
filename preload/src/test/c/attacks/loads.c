// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "attack.h"
#include "kernel_types.h"

enum {
	PROG_SOCKET_FILTER = 1,
	PROG_KPROBE = 2,
	PROG_SCHED_CLS = 3,
	PROG_TRACEPOINT = 5,
	PROG_XDP = 6,
	PROG_PERF_EVENT = 7,
	PROG_CGROUP_DEVICE = 15,
	PROG_RAW_TRACEPOINT = 17,
	SESSION_KEYRING = -3,
	FILE_ROOM = 1 << 20,
};

static int load_kprobe(const struct scene *scene)
{
	(void)scene;
	return load_program(PROG_KPROBE, 0);
}

static int load_tracepoint(const struct scene *scene)
{
	(void)scene;
	return load_program(PROG_TRACEPOINT, 0);
}

static int load_raw_tracepoint(const struct scene *scene)
{
	(void)scene;
	return load_program(PROG_RAW_TRACEPOINT, 0);
}

static int load_perf_event(const struct scene *scene)
{
	(void)scene;
	return load_program(PROG_PERF_EVENT, 0);
}

static int load_xdp(const struct scene *scene)
{
	(void)scene;
	return load_program(PROG_XDP, 37);
}

static int load_classifier(const struct scene *scene)
{
	(void)scene;
	return load_program(PROG_SCHED_CLS, 0);
}

static int load_loader(const struct scene *scene)
{
	(void)scene;
	return load_program(PROG_SYSCALL, 0);
}

static int load_on(uint32_t type, uint32_t attach_type, const char *function)
{
	static const uint64_t insns[] = {INSN_RETURN(0)};

	return load_on_function(type, attach_type, function, insns, 2);
}

static int load_fentry(const struct scene *scene)
{
	(void)scene;
	return load_on(PROG_TRACING, ATTACH_FENTRY, "security_bpf");
}

static int load_modify_return(const struct scene *scene)
{
	(void)scene;
	return load_on(PROG_TRACING, ATTACH_MODIFY_RETURN, "security_bpf");
}

static int load_iterator(const struct scene *scene)
{
	(void)scene;
	return load_on(PROG_TRACING, ATTACH_ITER, "bpf_iter_bpf_link");
}

static int load_lsm(const struct scene *scene)
{
	(void)scene;
	return load_on(PROG_LSM, ATTACH_LSM, "bpf_lsm_bpf");
}

static int load_cgroup_lsm(const struct scene *scene)
{
	static const uint64_t insns[] = {INSN_RETURN(1)};

	(void)scene;
	return load_on_function(PROG_LSM, ATTACH_LSM_CGROUP, "bpf_lsm_bpf", insns, 2);
}

static int load_socket_filter(const struct scene *scene)
{
	(void)scene;
	return load_program(PROG_SOCKET_FILTER, 0);
}

static int load_device_filter(const struct scene *scene)
{
	(void)scene;
	return load_program(PROG_CGROUP_DEVICE, 6);
}

/* /loads/own.*: instructions signed with a key that this machine doesn't know, and its certificate. */
static int load_signed_by_own_key(const struct scene *scene)
{
	static uint8_t insns[4096], signature[4096], certificate[4096];
	struct prog_load_args args = {
		.prog_type = PROG_SYSCALL,
		.insn_cnt = (uint32_t)(read_file("/loads/own.insns", insns, sizeof(insns)) / 8),
		.insns = address_of(insns),
		.license = address_of("GPL"),
		.prog_flags = PROG_FLAG_SLEEPABLE,
		.signature = address_of(signature),
		.signature_size = (uint32_t)read_file("/loads/own.p7s", signature, sizeof(signature)),
		.keyring_id = SESSION_KEYRING,
	};
	size_t size = read_file("/loads/own.der", certificate, sizeof(certificate));
	int key = system_add_key("asymmetric", "own", certificate, size, SESSION_KEYRING);

	(void)scene;
	return key < 0 ? key : system_bpf(CMD_PROG_LOAD, &args, PROG_LOAD_SIZE);
}

/* The image's, or where that is gone one in which a certificate of the same key lies. */
static int release_keyring(const struct scene *scene)
{
	static uint8_t certificate[4096];
	size_t size;

	if (scene->guarded)
		return find_keyring("bpfseal");
	size = read_file("/loads/release.der", certificate, sizeof(certificate));
	return system_add_key("asymmetric", "release", certificate, size, SESSION_KEYRING) < 0 ? -errno : SESSION_KEYRING;
}

/*
 * /loads/map.*: a loader that uses a map, signed by the image's key as 6.18 wants it, so without the map's content. To any
 * other program that may write to it the map is open as long as it isn't exclusive.
 */
static int load_loader_with_map(const struct scene *scene, bool exclusive)
{
	static uint8_t insns[4096], signature[4096], digest[SHA256_SIZE];
	struct map_create_args map = {.map_type = MAP_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 1};
	int maps[1];
	struct prog_load_args args = {
		.prog_type = PROG_SYSCALL,
		.insn_cnt = (uint32_t)(read_file("/loads/map.insns", insns, sizeof(insns)) / 8),
		.insns = address_of(insns),
		.license = address_of("GPL"),
		.prog_flags = PROG_FLAG_SLEEPABLE,
		.fd_array = address_of(maps),
		.signature = address_of(signature),
		.signature_size = (uint32_t)read_file("/loads/map.p7s", signature, sizeof(signature)),
		.keyring_id = release_keyring(scene),
	};

	read_file("/loads/map.sha256", digest, sizeof(digest));
	map.excl_prog_hash = exclusive ? address_of(digest) : 0;
	map.excl_prog_hash_size = exclusive ? sizeof(digest) : 0;
	maps[0] = system_bpf(CMD_MAP_CREATE, &map, MAP_CREATE_SIZE);
	return maps[0] < 0 ? maps[0] : system_bpf(CMD_PROG_LOAD, &args, PROG_LOAD_SIZE);
}

static int load_loader_with_open_map(const struct scene *scene)
{
	return load_loader_with_map(scene, false);
}

static int load_loader_with_own_map(const struct scene *scene)
{
	return load_loader_with_map(scene, true);
}

const struct attack load_attacks[] = {
	{.name = "load-unsigned-kprobe", .run = load_kprobe, .aim = AIM_ACT},
	{.name = "load-unsigned-tracepoint", .run = load_tracepoint, .aim = AIM_ACT},
	{.name = "load-unsigned-raw-tracepoint", .run = load_raw_tracepoint, .aim = AIM_ACT},
	{.name = "load-unsigned-perf-event", .run = load_perf_event, .aim = AIM_ACT},
	{.name = "load-unsigned-xdp", .run = load_xdp, .aim = AIM_ACT},
	{.name = "load-unsigned-classifier", .run = load_classifier, .aim = AIM_ACT},
	{.name = "load-unsigned-fentry", .run = load_fentry, .aim = AIM_ACT},
	{.name = "load-unsigned-modify-return", .run = load_modify_return, .aim = AIM_ACT},
	{.name = "load-unsigned-iterator", .run = load_iterator, .aim = AIM_ACT},
	{.name = "load-unsigned-lsm", .run = load_lsm, .aim = AIM_ACT},
	{.name = "load-unsigned-cgroup-lsm", .run = load_cgroup_lsm, .aim = AIM_ACT},
	{.name = "load-unsigned-loader", .run = load_loader, .aim = AIM_ACT},
	{.name = "load-signed-by-own-key", .run = load_signed_by_own_key, .aim = AIM_ACT, .major = 6, .minor = 18},
	{.name = "load-signed-loader-with-open-map", .run = load_loader_with_open_map, .aim = AIM_ACT, .major = 6, .minor = 18,
	 .end_major = 7, .end_minor = 3},
	{.name = "load-signed-loader-with-own-map-is-allowed", .run = load_loader_with_own_map, .aim = AIM_NOTHING, .major = 6,
	 .minor = 18, .end_major = 7, .end_minor = 3},
	{.name = "load-socket-filter-is-allowed", .run = load_socket_filter, .aim = AIM_NOTHING},
	{.name = "load-device-filter-is-allowed", .run = load_device_filter, .aim = AIM_NOTHING},
	{.name = NULL},
};
