// SPDX-License-Identifier: Apache-2.0
/*
 * The confirm command with good and bad tokens. The guest has no key: it writes "bpfseal-sign: KEY HEX" on the console and
 * reads the signature, in hex, from there.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "attack.h"
#include "error_name.h"

enum { RACERS = 8, FUZZ_TURNS = 100000, FUZZ_TURNS_QUICK = 5000, CMD_LINK_DETACH = 34, LINE_ROOM = 2 * GUARD_SIGNATURE_MAX };

#define OPS "p256"
#define BOSS "other"
#define RELEASE "rsa"

struct signed_token {
	struct guard_token body;
	uint8_t signature[GUARD_SIGNATURE_MAX];
	uint32_t signature_size;
};

static struct guard_status status;

static struct guard_token make(uint32_t operation, uint32_t id, const char *name)
{
	struct guard_token body = {.operation = operation, .link = id};

	guard_status_read(&status);
	memcpy(body.magic, GUARD_TOKEN_MAGIC, sizeof(body.magic));
	body.sequence = status.sequence;
	for (unsigned i = 0; i < sizeof(body.nonce); i++) {
		unsigned byte = 0;

		sscanf(status.nonce + 2 * i, "%2x", &byte);
		((uint8_t *)body.nonce)[i] = (uint8_t)byte;
	}
	snprintf(body.name, sizeof(body.name), "%s", name);
	return body;
}

static struct guard_token stop(const char *name)
{
	const struct status_link *link;
	struct guard_token body = make(OPERATION_STOP, 0, name);

	link = guard_status_link(&status, name);
	body.link = link == NULL ? 0 : link->id;
	return body;
}

static struct signed_token sign(struct guard_token body, const char *key)
{
	static char line[LINE_ROOM];
	struct signed_token out = {.body = body};

	printf("bpfseal-sign: %s ", key);
	for (unsigned i = 0; i < sizeof(body); i++)
		printf("%02x", ((const uint8_t *)&body)[i]);
	printf("\n");
	fflush(stdout);
	if (fgets(line, sizeof(line), stdin) == NULL)
		return out;
	for (unsigned byte; sscanf(line + 2 * out.signature_size, "%2x", &byte) == 1; out.signature_size++)
		out.signature[out.signature_size] = (uint8_t)byte;
	return out;
}

static int confirm_args(const struct guard_confirm *args)
{
	return system_bpf((enum bpf_command)GUARD_CONFIRM, (void *)args, sizeof(*args));
}

static struct guard_confirm args_of(const struct signed_token *token, int pin_fd)
{
	return (struct guard_confirm){
		.operation = token->body.operation,
		.link = token->body.link,
		.token = address_of(&token->body),
		.token_size = sizeof(token->body),
		.signature = address_of(token->signature),
		.signature_size = token->signature_size,
		.pin_fd = pin_fd,
	};
}

static int confirm(const struct signed_token *token)
{
	struct guard_confirm args = args_of(token, -1);

	return confirm_args(&args);
}

static void report(const char *name, int error, int expected)
{
	print_line(name, error_name(error), links_alive(), error == expected);
}

static void expect(const char *name, struct guard_token body, const char *key, int expected)
{
	struct signed_token token = sign(body, key);

	report(name, confirm(&token), expected);
}

static void malformed(void)
{
	struct signed_token good = sign(stop("lsm-observers/open"), OPS), bad = good;
	struct guard_confirm args = args_of(&good, -1);

	args.token_size--;
	report("token-too-short", confirm_args(&args), -EBADMSG);
	args = args_of(&good, -1);
	args.operation = OPERATION_REPLACE;
	report("token-of-another-operation", confirm_args(&args), -EBADMSG);
	args = args_of(&good, -1);
	args.link++;
	report("token-of-another-link", confirm_args(&args), -EBADMSG);
	args = args_of(&good, -1);
	args.signature_size = 0;
	report("token-without-signature", confirm_args(&args), -EBADMSG);
	args = args_of(&good, -1);
	args.token = 8;
	report("token-at-a-bad-address", confirm_args(&args), -EFAULT);
	bad.body.magic[7]++;
	report("token-with-other-magic", confirm(&bad), -EBADMSG);
	bad = good;
	bad.body.digest[31] = 1;
	report("token-with-a-needless-digest", confirm(&bad), -EBADMSG);
	bad = good;
	memset(bad.body.name, 'a', sizeof(bad.body.name));
	report("token-with-endless-name", confirm(&bad), -EBADMSG);
	bad = good;
	bad.body.name[GUARD_NAME_SIZE - 1] = 'a';
	report("token-with-something-behind-the-name", confirm(&bad), -EBADMSG);
	bad = good;
	bad.body.operation = 7;
	report("token-with-unknown-operation", confirm(&bad), -EOPNOTSUPP);
	bad = good;
	memset(bad.signature, 0x30, bad.signature_size);
	report("token-with-garbage-for-a-signature", confirm(&bad), -EBADMSG);
	bad = good;
	bad.signature[bad.signature_size - 1] ^= 1;
	report("token-with-damaged-signature", confirm(&bad), -EKEYREJECTED);
}

static void refused(const struct scene *scene)
{
	struct guard_token body = stop("lsm-observers/open");
	struct signed_token token;

	body.nonce[1] ^= 1;
	expect("token-of-another-boot", body, OPS, -ESTALE);
	body = stop("lsm-observers/open");
	body.sequence++;
	expect("token-of-the-future", body, OPS, -ERANGE);
	body = stop("lsm-observers/open");
	body.link = 1000000;
	expect("token-for-unknown-link", body, OPS, -ENOENT);
	body.link = link_id_of_pin(scene->other);
	expect("token-for-link-that-is-not-held", body, OPS, -ENOENT);
	body = stop("lsm-observers/open");
	body.link = stop("tracepoints/switch").link;
	expect("token-with-another-links-name", body, OPS, -ENXIO);
	expect("token-for-guards-own-link", stop("guard/guard_unlink"), OPS, -EPERM);
	expect("token-for-link-that-nobody-may-confirm", stop("lsm-observers/exec"), OPS, -EPERM);
	expect("token-by-program-key", stop("lsm-observers/open"), RELEASE, -ENOKEY);
	expect("token-by-key-that-may-not-confirm-this", stop("lsm-observers/committed"), BOSS, -ENOKEY);
	token = sign(stop("tracepoints/switch"), OPS);
	token.body = stop("lsm-observers/open");
	report("token-with-signature-of-another", confirm(&token), -EKEYREJECTED);
}

static void race(const struct scene *scene)
{
	struct signed_token token = sign(stop("tracepoints/exec"), OPS);
	unsigned confirmed = 0, late = 0, other = 0;
	pid_t racers[RACERS];
	char pin[64];
	int waited;

	for (unsigned i = 0; i < RACERS; i++) {
		racers[i] = fork();
		if (racers[i] == 0)
			_exit(-confirm(&token));
	}
	for (unsigned i = 0; i < RACERS && waitpid(racers[i], &waited, 0) > 0; i++) {
		/* The last check that a late one may get to is whether the link was released. */
		if (WEXITSTATUS(waited) == EINPROGRESS)
			confirmed++;
		else if (WEXITSTATUS(waited) == EALREADY || WEXITSTATUS(waited) == EIDRM)
			late++;
		else
			other = (unsigned)WEXITSTATUS(waited);
	}
	print_line("token-used-by-8-at-once", error_name((int)other), links_alive(), confirmed == 1 && late == RACERS - 1);
	report("token-again", confirm(&token), -EALREADY);
	token = sign(stop("tracepoints/exec"), OPS);
	report("token-for-released-link", confirm(&token), -EIDRM);
	forget_link(token.body.link);
	snprintf(pin, sizeof(pin), "%s/tracepoints/exec", scene->pins);
	report("token-then-unlink-of-its-link", result_of(unlink(pin)), 0);
	report("token-then-unlink-of-another-link", result_of(unlink(scene->pin)), -EPERM);
	print_line("token-then-link-is-gone", "OK", links_alive(), !link_exists(token.body.link));
}

static void detach(const struct scene *scene)
{
	struct signed_token token = sign(stop("cgroup-network/in"), OPS);
	uint32_t args[1];

	report("token-for-detachable-link", confirm(&token), -EINPROGRESS);
	args[0] = (uint32_t)get_pin(scene->detachable);
	report("token-then-detach", system_bpf((enum bpf_command)CMD_LINK_DETACH, args, sizeof(args)), 0);
	args[0] = (uint32_t)get_pin("/pins/cgroup-network/connect");
	report("token-then-detach-of-another-link", system_bpf((enum bpf_command)CMD_LINK_DETACH, args, sizeof(args)), -EPERM);
}

static void hold(const struct scene *scene)
{
	struct guard_token body = make(OPERATION_HOLD, link_id_of_pin(scene->other), "tracepoints/loose");
	struct signed_token token = sign(body, BOSS);
	struct guard_confirm args = args_of(&token, open(scene->pin, O_PATH));

	report("hold-with-pin-of-another-link", confirm_args(&args), -EBADF);
	args = args_of(&token, open("/tmp", O_PATH));
	report("hold-with-no-pin", confirm_args(&args), -EBADF);
	args = args_of(&token, open(scene->other, O_PATH));
	report("hold-one-more-link", confirm_args(&args), -EINPROGRESS);
	report("hold-then-unlink", result_of(unlink(scene->other)), -EPERM);
	body = make(OPERATION_HOLD, body.link, body.name);
	token = sign(body, BOSS);
	args = args_of(&token, open(scene->other, O_PATH));
	report("hold-held-link", confirm_args(&args), -EEXIST);
}

static int load_signed_by_image_key(void)
{
	static uint8_t insns[4096], signature[4096];
	struct prog_load_args args = {
		.prog_type = PROG_SYSCALL,
		.insn_cnt = (uint32_t)(read_file("/loads/own.insns", insns, sizeof(insns)) / 8),
		.insns = address_of(insns),
		.license = address_of("GPL"),
		.prog_flags = PROG_FLAG_SLEEPABLE,
		.signature = address_of(signature),
		.signature_size = (uint32_t)read_file("/loads/good.p7s", signature, sizeof(signature)),
		.keyring_id = find_keyring("bpfseal"),
	};

	return system_bpf(CMD_PROG_LOAD, &args, PROG_LOAD_SIZE);
}

static void replace(bool possible)
{
	struct guard_token body = stop("lsm-observers/committed");
	static char pin[] = "/pins/lsm-observers/committed";
	int fd;

	body.operation = OPERATION_REPLACE;
	read_file("/loads/own.sha256", body.digest, sizeof(body.digest));
	expect("replace", body, OPS, possible ? -EINPROGRESS : -EOPNOTSUPP);
	report("replace-then-unlink-too-early", result_of(unlink(pin)), -EPERM);
	if (!possible)
		return;
	fd = load_signed_by_image_key();
	report("replace-then-load", fd < 0 ? fd : 0, 0);
	forget_link(body.link);
	report("replace-then-unlink", result_of(unlink(pin)), 0);
}

static void fuzz(bool quick)
{
	unsigned turns = quick ? FUZZ_TURNS_QUICK : FUZZ_TURNS, accepted = 0;
	struct signed_token token = sign(stop("lsm-observers/open"), RELEASE);

	for (unsigned i = 0; i < turns; i++) {
		struct guard_confirm args = args_of(&token, -1);
		uint8_t bytes[16];
		struct signed_token changed = token;

		getrandom(bytes, sizeof(bytes), 0);
		args.token = address_of(&changed.body);
		args.signature = address_of(changed.signature);
		if (bytes[0] < 64)
			getrandom(&args, sizeof(args), 0);
		else if (bytes[0] < 128)
			((uint8_t *)&args)[bytes[1] % sizeof(args)] ^= bytes[2];
		else if (bytes[0] < 192)
			((uint8_t *)&changed.body)[bytes[1] % sizeof(changed.body)] ^= bytes[2];
		else
			changed.signature[(bytes[1] << 8 | bytes[2]) % token.signature_size] ^= bytes[3];
		accepted += confirm_args(&args) == -EINPROGRESS;
	}
	print_line("token-fuzz", accepted == 0 ? "OK" : "EPROTO", links_alive(), accepted == 0);
}

void attack_tokens(const struct scene *scene, bool quick, bool signatures)
{
	struct termios terminal;

	if (tcgetattr(STDIN_FILENO, &terminal) == 0) {
		terminal.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSANOW, &terminal);
	}
	malformed();
	refused(scene);
	fuzz(quick);
	race(scene);
	detach(scene);
	hold(scene);
	replace(signatures);
}
