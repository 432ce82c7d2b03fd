// SPDX-License-Identifier: Apache-2.0
#include "token_maker.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "attack.h"

enum { LINE_ROOM = 2 * GUARD_SIGNATURE_MAX };

static struct guard_status status;

void token_console(void)
{
	struct termios terminal;

	if (tcgetattr(STDIN_FILENO, &terminal) == 0) {
		terminal.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSANOW, &terminal);
	}
}

struct guard_token token_of(uint32_t operation, uint32_t id, const char *name)
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

struct guard_token token_to_stop(const char *name)
{
	const struct status_link *link;
	struct guard_token body = token_of(OPERATION_STOP, 0, name);

	link = guard_status_link(&status, name);
	body.link = link == NULL ? 0 : link->id;
	return body;
}

struct signed_token token_signed(struct guard_token body, const char *key)
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

int confirm_args(const struct guard_confirm *args)
{
	return system_bpf((enum bpf_command)GUARD_CONFIRM, (void *)args, sizeof(*args));
}

struct guard_confirm token_args(const struct signed_token *token, int pin_fd)
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

int confirm(const struct signed_token *token)
{
	struct guard_confirm args = token_args(token, -1);

	return confirm_args(&args);
}
