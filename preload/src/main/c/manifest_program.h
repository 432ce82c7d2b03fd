// SPDX-License-Identifier: Apache-2.0
#ifndef BPFSEAL_MANIFEST_PROGRAM_H
#define BPFSEAL_MANIFEST_PROGRAM_H

#include "manifest_line.h"

/* From the line data to the last line prog; a map may be one that is pinned if the links are. */
bool manifest_read_parts(struct line_reader *in, bool with_pins, struct manifest_program *out);

/* From the line program to the last line link; one more in the manifest. */
bool manifest_read_program(struct line_reader *in, struct manifest *manifest);

#endif
