// SPDX-License-Identifier: Apache-2.0
#ifndef BPFSEAL_MANIFEST_LINK_H
#define BPFSEAL_MANIFEST_LINK_H

#include "manifest_line.h"

/* Reads the current line, link LINK PROG KIND [key=value ...] [hold], into the program, whose prog lines are known. */
bool manifest_read_link(struct line_reader *in, const struct manifest *manifest, struct manifest_program *program);

#endif
