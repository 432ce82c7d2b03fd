// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#ifndef BPFSEAL_COMMAND_H
#define BPFSEAL_COMMAND_H

#include "confirm.h"
#include "objects.h"

static __noinline int judge_rare_command(int command, void *attr)
{
	switch (command) {
	case BPF_LINK_UPDATE:
	case BPF_LINK_DETACH:
		return judge_link_command(attr);
	case GUARD_CONFIRM:
		return check_confirm(attr);
	}
	return 0;
}

/*
 * What bpf(2) may do to links, and the first half of the confirm command. Attached last of the image's programs on this
 * hook, because the kernel calls the newest first. Sleepable: it reads user memory and verifies signatures. Every bpf(2)
 * passes here: all that maps are read and written with have lower numbers, so one comparison lets them go, and the rest
 * is a function of its own, for whose registers and stack they don't pay.
 */
SEC("lsm.s/bpf")
int BPF_PROG(guard_command, int command, union bpf_attr *attr)
{
	return command < BPF_LINK_UPDATE ? 0 : judge_rare_command(command, attr);
}

#endif
