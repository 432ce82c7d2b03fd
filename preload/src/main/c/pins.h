// SPDX-License-Identifier: Apache-2.0
/* Pins of a program: /bpfseal/PROGRAM/LINK and /bpfseal/PROGRAM/maps/MAP. */
#ifndef BPFSEAL_PINS_H
#define BPFSEAL_PINS_H

#include "manifest.h"

enum { PIN_PATH_SIZE = 192 };

/* Where the link's pin is or will be. */
void pin_path(char out[PIN_PATH_SIZE], const struct manifest_program *program, const char *link);

/* Both make the folders that they need; 0 or -errno. */
int pin_link(const struct manifest_program *program, const char *name, int fd);
int pin_map(const struct manifest_program *program, const char *name, int fd);

/* Takes away every pin of the program that there is, and its folders. */
void pins_remove(const struct manifest_program *program);

#endif
