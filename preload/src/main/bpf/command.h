// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#ifndef BPFSEAL_COMMAND_H
#define BPFSEAL_COMMAND_H

#include "confirm.h"
#include "objects.h"
#include "setup.h"

static __noinline int judge_rare_command(int command, union bpf_attr *attr, __u8 kernel)
{
	switch (command) {
	case BPF_PROG_LOAD:
		return judge_load(attr, kernel);
	case BPF_MAP_GET_FD_BY_ID:
		return judge_map_id(attr);
	case BPF_LINK_UPDATE:
	case BPF_LINK_DETACH:
		return judge_link_command(attr);
	case GUARD_SETUP:
		return set_up(attr);
	case GUARD_CONFIRM:
		return confirm(attr);
	}
	return 0;
}

/*
 * Which programs bpf(2) may load, what it may do to the guard's maps and to links, and the guard's own commands. One program, since each one that is
 * attached costs the kernel a walk through all its trace points; before the image's, because the kernel calls the newest
 * first, so that theirs can refuse a confirm. Sleepable: it reads user memory and verifies signatures. Every bpf(2)
 * passes here: all that maps are read and written with have the lowest numbers, so one comparison lets them go, and the
 * rest is a function of its own, for whose registers and stack they don't pay.
 */
SEC("lsm.s/bpf")
int BPF_PROG(guard_command, int command, union bpf_attr *attr, unsigned size, unsigned long kernel)
{
	/* A bool: only its low byte means something. */
	return command <= BPF_MAP_GET_NEXT_KEY ? 0 : judge_rare_command(command, attr, (__u8)kernel);
}

#endif
