// SPDX-License-Identifier: Apache-2.0
#include "control.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "challenge.h"
#include "complain.h"
#include "error_name.h"
#include "floor.h"
#include "guard_status.h"
#include "mounts.h"
#include "running.h"
#include "token.h"

static const char usage[] =
	"usage: bpfseal status\n"
	"       bpfseal challenge PROGRAM/LINK > FILE              ask leave to stop a held link\n"
	"       bpfseal challenge --replace SHA256 PROGRAM/LINK    to stop it once a program with this digest is loaded\n"
	"       bpfseal challenge --hold PIN                       to hold one more link\n"
	"       bpfseal confirm TOKEN [PIN]                        show the guard what the key's holder has signed\n"
	"       bpfseal inventory                                  what runs now, for bpf-preload attest\n"
	"       bpfseal floor FILE                                 refuse a manifest older than any that FILE has seen\n"
	"example: bpfseal challenge exec_guard/check_exec > stop.txt\n";

/* Why the guard said no; the numbers and their meaning: guard_abi.h. */
static const struct {
	int error;
	const char *reason;
} refusals[] = {
	{-EAGAIN, "the guard is not sealed"},
	{-EINVAL, "this kernel has no guard"},
	{-EBADMSG, "this is no well-formed token"},
	{-EOPNOTSUPP, "this kernel or the load policy rules the operation out"},
	{-ESTALE, "the token is for another boot"},
	{-EALREADY, "the token, or another with its sequence number, was confirmed before"},
	{-ERANGE, "the token's sequence number has not been reached"},
	{-ENOENT, "no hold has the token's link id"},
	{-ENXIO, "the link has another name than the token says"},
	{-EIDRM, "the link was released before"},
	{-EEXIST, "the link is held already"},
	{-EPERM, "nobody may confirm this link"},
	{-EBADF, "the pin is none of this link among the guard's"},
	{-EBUSY, "somebody is just removing the pin"},
	{-ENOKEY, "no key that may confirm this link has signed the token"},
	{-EKEYREJECTED, "the signature is wrong"},
	{-ENOPKG, "this kernel lacks an algorithm of the signature"},
	{-ENOSPC, "the guard has no room for more"},
};

static struct guard_status status;

static int show_status(void)
{
	int error = guard_status_read(&status);

	if (error < 0)
		return complain_status(error);
	printf("guard      carrier %s\nmanifest   carrier %s, version %" PRIu32 "\nprograms   carrier %s\nloads      %s\nnonce      %s\nsequence   %" PRIu64 "\n",
	       status.guard_carrier, status.manifest_carrier, status.version, status.programs_carrier, status.loads, status.nonce,
	       status.sequence);
	for (unsigned i = 0; i < status.link_count; i++) {
		const struct status_link *link = &status.links[i];

		if (strcmp(link->state, "own") != 0)
			printf("%-10s %-6" PRIu32 " %s%s\n", link->state, link->id, link->name,
			       link->keyring == 0 ? " (nobody may confirm)" : "");
	}
	for (unsigned i = 0; i < status.rule_count; i++) {
		const struct status_rule *rule = &status.rules[i];

		if (rule->count > 0)
			printf("refused    %-6" PRIu64 " %s, first %s\n", rule->count, rule->name, rule->caller);
	}
	return EXIT_DONE;
}

static int challenge(int count, char **words)
{
	if (count == 1 && words[0][0] != '-')
		return challenge_stop(words[0]);
	if (count == 3 && strcmp(words[0], "--replace") == 0)
		return challenge_replace(words[2], words[1]);
	if (count == 2 && strcmp(words[0], "--hold") == 0)
		return challenge_hold(words[1]);
	return -1;
}

static void print_confirmed(const struct guard_token *body)
{
	switch (body->operation) {
	case OPERATION_STOP:
		printf("confirmed: link %" PRIu32 " may be stopped; nothing was stopped yet\n", body->link);
		break;
	case OPERATION_HOLD:
		printf("confirmed: link %" PRIu32 " is held\n", body->link);
		break;
	default:
		printf("confirmed: link %" PRIu32 " may be stopped once the other program is loaded\n", body->link);
	}
}

static const char *reason_of(int error)
{
	for (unsigned i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		if (refusals[i].error == error)
			return refusals[i].reason;
	}
	return "another BPF security module said no";
}

static int confirm(const char *path, const char *pin)
{
	static struct token token;
	char view[sizeof(VIEW_ROOT) + GUARD_NAME_SIZE];
	int error = token_read(path, &token);

	if (error < 0) {
		complain("%s: %s", path, error == -EBADMSG ? "no token" : error_name(error));
		return EXIT_MALFORMED;
	}
	snprintf(view, sizeof(view), VIEW_ROOT "/%s", token.body.name);
	if (token.body.operation == OPERATION_HOLD && pin == NULL)
		pin = view;
	error = token_confirm(&token, pin);
	if (error == -EINPROGRESS) {
		print_confirmed(&token.body);
		return EXIT_DONE;
	}
	complain("refused: %s (%s)", reason_of(error), error_name(error));
	return EXIT_REFUSED;
}

static int show_inventory(void)
{
	int error = running_print();

	if (error == 0)
		return EXIT_DONE;
	complain("programs can't be listed: %s", error_name(error));
	return EXIT_MALFORMED;
}

static int remember_floor(const char *path)
{
	uint32_t floor;
	int error = guard_status_read(&status);

	if (error < 0)
		return complain_status(error);
	error = floor_remember(path, status.version, &floor);
	if (error == -ESTALE) {
		complain("refused: this boot's manifest has version %" PRIu32 ", and %s has seen %" PRIu32, status.version, path,
			 floor);
		return EXIT_REFUSED;
	}
	if (error < 0) {
		complain("%s: %s", path, error == -EBADMSG ? "has no version" : error_name(error));
		return EXIT_MALFORMED;
	}
	printf("floor %" PRIu32 "\n", status.version);
	return EXIT_DONE;
}

int control(int count, char **arguments)
{
	int code = -1;

	if (count == 2 && strcmp(arguments[1], "status") == 0)
		code = show_status();
	else if (count == 2 && strcmp(arguments[1], "inventory") == 0)
		code = show_inventory();
	else if (count == 3 && strcmp(arguments[1], "floor") == 0)
		code = remember_floor(arguments[2]);
	else if (count >= 3 && strcmp(arguments[1], "challenge") == 0)
		code = challenge(count - 2, arguments + 2);
	else if ((count == 3 || count == 4) && strcmp(arguments[1], "confirm") == 0)
		code = confirm(arguments[2], count == 4 ? arguments[3] : NULL);
	if (code < 0) {
		complain("no such command");
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
	return fflush(stdout) == 0 ? code : EXIT_MALFORMED;
}
