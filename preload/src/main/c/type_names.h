// SPDX-License-Identifier: Apache-2.0
#ifndef BPFSEAL_TYPE_NAMES_H
#define BPFSEAL_TYPE_NAMES_H

/* Numbers of the kernel's names in lower case without BPF_MAP_TYPE_ or BPF_PROG_TYPE_; -1 for an unknown one. */
int map_type_number(const char *name);
int prog_type_number(const char *name);

#endif
