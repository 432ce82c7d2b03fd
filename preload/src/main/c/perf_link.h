// SPDX-License-Identifier: Apache-2.0
/* Perf events that a BPF link can be made on. Each returns an fd or -errno. */
#ifndef BPFSEAL_PERF_LINK_H
#define BPFSEAL_PERF_LINK_H

#include <stdbool.h>
#include <stdint.h>

/* A static tracepoint; mounts tracefs, which alone knows its number. */
int perf_open_tracepoint(const char *category, const char *name);

/* A probe at the function's start plus offset bytes, or at its return. */
int perf_open_kprobe(const char *function, uint32_t offset, bool on_return);

#endif
