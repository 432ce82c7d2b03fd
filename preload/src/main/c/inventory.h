// SPDX-License-Identifier: Apache-2.0
#ifndef BPFSEAL_INVENTORY_H
#define BPFSEAL_INVENTORY_H

#include "program.h"

/*
 * Compares what the loader program has made, by the kernel's word, with the manifest: number, names and types of maps
 * and programs. 0, or -errno and which one differs: -EBADMSG, or -EBADF where there is none.
 */
int inventory_compare(const struct loaded_program *loaded, char detail[DETAIL_SIZE]);

#endif
