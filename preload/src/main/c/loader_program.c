// SPDX-License-Identifier: Apache-2.0
#include "loader_program.h"

#include <errno.h>
#include <string.h>

#include "system.h"

enum { LOG_SIZE = 64 * 1024 };

static char log_text[LOG_SIZE];

/* The closing statistics, and the listing of a BTF that was taken, are no reason for a refusal. */
static bool says_something(const char *line)
{
	return *line != '\0' && *line != '\t' && *line != '[' && strncmp(line, "processed ", 10) != 0;
}

/* The last line of the kernel's log that says something. */
static void last_words(char detail[DETAIL_SIZE])
{
	char *line = log_text;
	const char *last = "";

	log_text[LOG_SIZE - 1] = '\0';
	while (*line != '\0') {
		char *end = line + strcspn(line, "\n");
		bool more = *end != '\0';

		*end = '\0';
		if (says_something(line))
			last = line;
		line = more ? end + 1 : end;
	}
	report_value(detail, DETAIL_SIZE, last);
}

static int load(const struct loader_program *loader, bool with_log)
{
	int fd_array[1] = {loader->map_fd};
	struct prog_load_args args = {
		.prog_type = PROG_SYSCALL,
		.insn_cnt = loader->insns_size / 8,
		.insns = address_of(loader->insns),
		.license = address_of("Dual BSD/GPL"),
		.prog_flags = PROG_FLAG_SLEEPABLE,
		.prog_name = "__loader.prog",
		.fd_array = address_of(fd_array),
		.fd_array_cnt = loader->binds_map ? 1 : 0,
		.signature = address_of(loader->signature),
		.signature_size = loader->signature_size,
		.keyring_id = loader->keyring,
	};

	if (with_log) {
		args.log_level = 1;
		args.log_size = LOG_SIZE;
		args.log_buf = address_of(log_text);
	}
	return system_bpf(CMD_PROG_LOAD, &args, loader->signature != NULL ? PROG_LOAD_SIZE : PROG_LOAD_SIZE_BEFORE_6_18);
}

int loader_program_load(const struct loader_program *loader, char detail[DETAIL_SIZE])
{
	int fd = load(loader, false);

	if (fd < 0) {
		memset(log_text, 0, sizeof(log_text));
		load(loader, true);
		last_words(detail);
	}
	return fd;
}

/* ctx: the header, the maps, then directly the programs' fds; no gaps. */
static int run(const struct loader_program *loader, bool with_log, struct loaded_program *out)
{
	static _Alignas(8) uint8_t ctx[sizeof(struct loader_ctx_header) +
				       MANIFEST_MAPS_MAX * sizeof(struct loader_ctx_map) +
				       MANIFEST_PROGS_MAX * sizeof(int32_t)];
	const struct manifest_program *manifest = out->manifest;
	struct loader_ctx_header header = {0};
	struct prog_run_args args = {.prog_fd = (uint32_t)loader->fd, .ctx_in = address_of(ctx)};
	size_t progs_at = sizeof(header) + manifest->map_count * sizeof(struct loader_ctx_map);
	int error;

	header.size = (uint32_t)(progs_at + manifest->prog_count * sizeof(int32_t));
	if (with_log) {
		header.log_level = 1;
		header.log_size = LOG_SIZE;
		header.log_buf = address_of(log_text);
	}
	memset(ctx, 0, sizeof(ctx));
	memcpy(ctx, &header, sizeof(header));
	args.ctx_size_in = header.size;
	error = system_bpf(CMD_PROG_RUN, &args, PROG_RUN_SIZE);
	if (error < 0)
		return error;
	if (args.retval != 0)
		return (int32_t)args.retval < 0 ? (int32_t)args.retval : -EPROTO;
	for (unsigned i = 0; i < manifest->map_count; i++)
		memcpy(&out->maps[i], ctx + sizeof(header) + i * sizeof(struct loader_ctx_map), sizeof(out->maps[i]));
	memcpy(out->progs, ctx + progs_at, manifest->prog_count * sizeof(out->progs[0]));
	return 0;
}

int loader_program_run(const struct loader_program *loader, struct loaded_program *out, char detail[DETAIL_SIZE])
{
	int error = run(loader, false, out);

	if (error == 0)
		return 0;
	memset(log_text, 0, sizeof(log_text));
	run(loader, true, out);
	last_words(detail);
	return error;
}
