// SPDX-License-Identifier: Apache-2.0
#ifndef BPFSEAL_LINK_H
#define BPFSEAL_LINK_H

#include "manifest.h"

/*
 * Attaches a loaded program as the manifest says, mounting tracefs or cgroup2 first if that takes it. Returns the fd of
 * a BPF link, on which alone the attachment hangs, or -errno.
 */
int link_attach(const struct manifest_link *link, int prog_fd);

#endif
