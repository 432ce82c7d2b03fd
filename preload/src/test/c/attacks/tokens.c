// SPDX-License-Identifier: Apache-2.0
/* The confirm command with good and bad tokens. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attack.h"
#include "error_name.h"
#include "token_maker.h"

enum { RACERS = 8, FUZZ_TURNS = 100000, FUZZ_TURNS_QUICK = 5000, STRESS_SECONDS = 60 };

static void report(const char *name, int error, int expected)
{
	print_line(name, error_name(error), links_alive(), error == expected);
}

static void expect(const char *name, struct guard_token body, const char *key, int expected)
{
	struct signed_token token = token_signed(body, key);

	report(name, confirm(&token), expected);
}

static void malformed(void)
{
	struct signed_token good = token_signed(token_to_stop("lsm-observers/open"), OPS), bad = good;
	struct guard_confirm args = token_args(&good, -1);

	args.token_size--;
	report("token-too-short", confirm_args(&args), -EBADMSG);
	args = token_args(&good, -1);
	args.operation = OPERATION_REPLACE;
	report("token-of-another-operation", confirm_args(&args), -EBADMSG);
	args = token_args(&good, -1);
	args.link++;
	report("token-of-another-link", confirm_args(&args), -EBADMSG);
	args = token_args(&good, -1);
	args.signature_size = 0;
	report("token-without-signature", confirm_args(&args), -EBADMSG);
	args = token_args(&good, -1);
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
	struct guard_token body = token_to_stop("lsm-observers/open");
	struct signed_token token;

	body.nonce[1] ^= 1;
	expect("token-of-another-boot", body, OPS, -ESTALE);
	body = token_to_stop("lsm-observers/open");
	body.sequence++;
	expect("token-of-the-future", body, OPS, -ERANGE);
	body = token_to_stop("lsm-observers/open");
	body.link = 1000000;
	expect("token-for-unknown-link", body, OPS, -ENOENT);
	body.link = link_id_of_pin(scene->other);
	expect("token-for-link-that-is-not-held", body, OPS, -ENOENT);
	body = token_to_stop("lsm-observers/open");
	body.link = token_to_stop("tracepoints/switch").link;
	expect("token-with-another-links-name", body, OPS, -ENXIO);
	expect("token-for-guards-own-link", token_to_stop("guard/guard_unlink"), OPS, -EPERM);
	expect("token-for-link-that-nobody-may-confirm", token_to_stop("lsm-observers/exec"), OPS, -EPERM);
	expect("token-by-program-key", token_to_stop("lsm-observers/open"), RELEASE, -ENOKEY);
	expect("token-by-key-that-may-not-confirm-this", token_to_stop("lsm-observers/committed"), BOSS, -ENOKEY);
	token = token_signed(token_to_stop("tracepoints/switch"), OPS);
	token.body = token_to_stop("lsm-observers/open");
	report("token-with-signature-of-another", confirm(&token), -EKEYREJECTED);
}

static void race(const struct scene *scene)
{
	struct signed_token token = token_signed(token_to_stop("tracepoints/exec"), OPS);
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
	token = token_signed(token_to_stop("tracepoints/exec"), OPS);
	report("token-for-released-link", confirm(&token), -EIDRM);
	forget_link(token.body.link);
	snprintf(pin, sizeof(pin), "%s/tracepoints/exec", scene->pins);
	report("token-then-unlink-of-its-link", result_of(unlink(pin)), 0);
	report("token-then-unlink-of-another-link", result_of(unlink(scene->pin)), -EPERM);
	print_line("token-then-link-is-gone", "OK", links_alive(), !link_exists(token.body.link));
}

static void detach(const struct scene *scene)
{
	struct signed_token token = token_signed(token_to_stop("cgroup-network/in"), OPS);

	report("token-for-detachable-link", confirm(&token), -EINPROGRESS);
	report("token-then-detach", detach_pin(scene->detachable), 0);
	report("token-then-detach-of-another-link", detach_pin("/pins/cgroup-network/connect"), -EPERM);
}

/* A pin that is open but has no name any more: held by it, the link would end with this file descriptor. */
static void hold_by_removed_pin(const struct scene *scene)
{
	struct signed_token token;
	struct guard_confirm args;
	char folder[64], pin[96];

	snprintf(folder, sizeof(folder), "%s/late", scene->pins);
	snprintf(pin, sizeof(pin), "%s/gone", folder);
	mkdir(folder, 0700);
	pin_cgroup_link("/sys/fs/cgroup", pin);
	token = token_signed(token_of(OPERATION_HOLD, link_id_of_pin(pin), "late/gone"), OPS);
	args = token_args(&token, open(pin, O_PATH));
	unlink(pin);
	report("hold-by-removed-pin", confirm_args(&args), -EBADF);
	close(args.pin_fd);
}

static void hold(const struct scene *scene)
{
	struct guard_token body = token_of(OPERATION_HOLD, link_id_of_pin(scene->other), "tracepoints/loose");
	struct signed_token token = token_signed(body, BOSS);
	struct guard_confirm args = token_args(&token, open(scene->pin, O_PATH));

	report("hold-with-pin-of-another-link", confirm_args(&args), -EBADF);
	args = token_args(&token, open("/tmp", O_PATH));
	report("hold-with-no-pin", confirm_args(&args), -EBADF);
	args = token_args(&token, open(scene->other, O_PATH));
	report("hold-one-more-link", confirm_args(&args), -EINPROGRESS);
	report("hold-then-unlink", result_of(unlink(scene->other)), -EPERM);
	body = token_of(OPERATION_HOLD, body.link, body.name);
	token = token_signed(body, BOSS);
	args = token_args(&token, open(scene->other, O_PATH));
	report("hold-held-link", confirm_args(&args), -EEXIST);
}

/* Such a link the guard keeps as well, as long as its cgroup can't be removed: the attack on that comes later. */
static void hold_on_child_cgroup(const struct scene *scene)
{
	struct guard_token body;
	struct signed_token token;
	struct guard_confirm args;
	char folder[64], pin[96];

	snprintf(folder, sizeof(folder), "%s/late", scene->pins);
	snprintf(pin, sizeof(pin), "%s/child", folder);
	mkdir(CHILD_CGROUP, 0700);
	mkdir(folder, 0700);
	report("link-on-a-child-cgroup", pin_cgroup_link(CHILD_CGROUP, pin), 0);
	body = token_of(OPERATION_HOLD, link_id_of_pin(pin), "late/child");
	token = token_signed(body, OPS);
	args = token_args(&token, open(pin, O_PATH));
	report("hold-link-on-a-child-cgroup", confirm_args(&args), -EINPROGRESS);
	note_link(body.link);
	report("hold-then-detach", detach_pin(pin), -EPERM);
}

static void replace(bool possible)
{
	struct guard_token body = token_to_stop("lsm-observers/committed");
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
	struct signed_token token = token_signed(token_to_stop("lsm-observers/open"), RELEASE);

	for (unsigned i = 0; i < turns; i++) {
		struct guard_confirm args = token_args(&token, -1);
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
	token_console();
	malformed();
	refused(scene);
	fuzz(quick);
	race(scene);
	detach(scene);
	hold(scene);
	hold_by_removed_pin(scene);
	hold_on_child_cgroup(scene);
	replace(signatures);
	if (!quick)
		stress(scene, STRESS_SECONDS);
}
