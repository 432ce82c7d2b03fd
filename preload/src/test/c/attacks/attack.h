// SPDX-License-Identifier: Apache-2.0
/*
 * Attacks on held links by root, for a guest of its own. Each runs in a child process and is judged by what is left: the
 * victim link, or whether the act succeeded. Without a guard every attack meets a scene made just for it.
 */
#ifndef BPFSEAL_ATTACK_H
#define BPFSEAL_ATTACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bpf_abi.h"
#include "guard_abi.h"
#include "guard_status.h"
#include "system.h"

enum aim {
	AIM_LINK,	/* works if the victim link is gone */
	AIM_ACT,	/* works if the act succeeds */
	AIM_NOTHING,	/* must succeed and leave the links alone */
};

struct scene {
	bool guarded;
	const char *pins;	/* where a bpffs with the victims is mounted ... */
	const char *parent;	/* ... and what it is mounted below */
	const char *pin;	/* of a link that ends with its pin only */
	const char *other;	/* another pin, which isn't held */
	const char *detachable;	/* of a link that has detach and update */
};

/* 0 if the act succeeded, else -errno. */
typedef int (*attack_run)(const struct scene *scene);

struct attack {
	const char *name;
	attack_run run;
	enum aim aim;
	unsigned major, minor;		/* the first kernel that has the system call, or 0 */
	unsigned end_major, end_minor;	/* the first kernel on which the way no longer exists, or 0 */
};

/* Ends with an entry without name. */
extern const struct attack pin_attacks[], mount_attacks[], reach_attacks[], cover_attacks[], view_attacks[], link_attacks[],
	object_attacks[], load_attacks[], key_attacks[], kernel_attacks[], late_attacks[], uring_attacks[], tracing_attacks[],
	task_attacks[], race_attacks[], any_load_attacks[];

int result_of(long returned);
uint32_t link_id_of_pin(const char *pin);
/* Pins a link of a cgroup_skb program on the cgroup; 0 or -errno. */
int pin_cgroup_link(const char *cgroup, const char *pin);
int get_pin(const char *pin);
int load_program(uint32_t type, uint32_t attach_type);
int detach_pin(const char *pin);
/* /loads/own.insns with the signature /loads/good.p7s. */
int load_signed_by_image_key(void);
int write_file(const char *path, const void *bytes, size_t size);
size_t read_file(const char *path, void *out, size_t room);

bool is_guard_map(int fd);
/* 0 if a file descriptor of one of the guard's maps is to be had, or without a guard of any; else -errno. */
int open_a_guard_map(const struct scene *scene);

/* What the program is when the kernel starts it after a crash: looks whether it sees the path. */
void helper(const char *seen);

/* The serial number of the keyring in /proc/keys with this description, or -ENOENT. */
int find_keyring(const char *description);

bool link_exists(uint32_t id);
/* The links that have to stay: whether they do. */
bool links_alive(void);
void note_link(uint32_t id);
/* All that there are. */
void note_links(void);
/* All that the guard holds, since on a whole system others come and go; false if there are none. */
bool note_kept_links(void);
void forget_link(uint32_t id);
void forget_links(void);

#define CHILD_CGROUP "/sys/fs/cgroup/child"

/*
 * The confirm command in all its ways; prints its own lines. signatures: the kernel knows those of programs. Leaves a held
 * link on the child cgroup.
 */
void attack_tokens(const struct scene *scene, bool quick, bool signatures);

/* Many processes against the links for so many seconds; prints its own line. */
void stress(const struct scene *scene, unsigned seconds);

/* Leaves the initramfs and goes on as `attack system`. */
void enter_new_root(bool quick);

/* Follows the script step by step, on the initramfs; replay.c has both formats. */
#define REPLAY_SCRIPT "/script"
void replay(void);

/* One line of the report. */
void print_line(const char *name, const char *result, bool alive, bool works);

#endif
