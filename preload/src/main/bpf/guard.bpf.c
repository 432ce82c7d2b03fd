// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The guard, a BPF security module: from seal on, links that it holds end only after a confirm with a signed token, and
 * only signed programs are loaded. It protects itself by the same rules. One object for the kernels from 6.12 on.
 */
#include "command.h"
#include "keyrings.h"
#include "lockdown.h"
#include "mounts.h"
#include "pins.h"
#include "status.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";
