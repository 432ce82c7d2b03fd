// SPDX-License-Identifier: Apache-2.0
#include "token.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "bpf_abi.h"
#include "system.h"

static int check(const struct token *token)
{
	const struct guard_token *body = &token->body;

	if (memcmp(body->magic, GUARD_TOKEN_MAGIC, sizeof(body->magic)) != 0)
		return -EBADMSG;
	if (body->operation < OPERATION_STOP || body->operation > OPERATION_REPLACE)
		return -EBADMSG;
	return body->name[0] == '\0' || body->name[GUARD_NAME_SIZE - 1] != '\0' ? -EBADMSG : 0;
}

int token_read(const char *path, struct token *out)
{
	int error;

	memset(out, 0, sizeof(*out));
	error = file_read(path, sizeof(out->body) + GUARD_SIGNATURE_MAX, &out->file);
	if (error < 0)
		return error == -EFBIG ? -EBADMSG : error;
	if (out->file.size <= sizeof(out->body))
		return -EBADMSG;
	memcpy(&out->body, out->file.bytes, sizeof(out->body));
	out->signature = out->file.bytes + sizeof(out->body);
	out->signature_size = out->file.size - sizeof(out->body);
	return check(out);
}

int token_confirm(const struct token *token, const char *pin)
{
	struct guard_confirm args = {
		.operation = token->body.operation,
		.link = token->body.link,
		.token = address_of(&token->body),
		.token_size = sizeof(token->body),
		.signature = address_of(token->signature),
		.signature_size = (uint32_t)token->signature_size,
		.pin_fd = -1,
	};
	int error;

	if (pin != NULL) {
		args.pin_fd = open(pin, O_PATH | O_CLOEXEC | O_NOFOLLOW);
		if (args.pin_fd < 0)
			return -errno;
	}
	error = system_bpf((enum bpf_command)GUARD_CONFIRM, &args, sizeof(args));
	if (args.pin_fd >= 0)
		close(args.pin_fd);
	return error;
}
