// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * What the guard reads of the kernel: only the members that it uses, found by name in the running kernel's BTF, so that
 * one object serves all kernels. Each structure that an access starts from costs the kernel a walk through all its types, and
 * each instruction costs its verifier some twenty thousand.
 */
#ifndef BPFSEAL_KERNEL_H
#define BPFSEAL_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

typedef uint8_t __u8;
typedef int16_t __s16;
typedef uint16_t __u16;
typedef int32_t __s32;
typedef uint32_t __u32;
typedef long long __s64;
typedef unsigned long long __u64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;

/* include/uapi/linux/bpf.h: opaque */
struct bpf_dynptr {
	__u64 words[2];
} __attribute__((aligned(8)));

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

/* include/uapi/linux/bpf.h */
enum {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_TASK_STORAGE = 29,
	BPF_F_NO_PREALLOC = 1,
	BPF_LOCAL_STORAGE_GET_F_CREATE = 1,
	BPF_MAP_GET_NEXT_KEY = 4,
	BPF_PROG_LOAD = 5,
	BPF_MAP_GET_FD_BY_ID = 14,
	BPF_LINK_UPDATE = 29,
	BPF_LINK_DETACH = 34,
};

enum bpf_prog_type { BPF_PROG_TYPE_EXT = 28, BPF_PROG_TYPE_SYSCALL = 31 };
enum bpf_attach_type { BPF_MODIFY_RETURN = 26, BPF_LSM_CGROUP = 43 };
enum bpf_link_type { BPF_LINK_TYPE_CGROUP = 3 };

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

typedef struct {
	__s64 counter;
} atomic64_t;

typedef atomic64_t atomic_long_t;

struct rw_semaphore {
	atomic_long_t count;
};

struct inode {
	void *i_op;
	unsigned long i_ino;
	unsigned int i_nlink;
	struct rw_semaphore i_rwsem;
	void *i_private;
};

struct super_block {
	unsigned long s_magic;
};

struct qstr {
	const unsigned char *name;
};

struct dentry {
	struct dentry *d_parent;
	struct qstr d_name;
	struct inode *d_inode;
	struct super_block *d_sb;
};

/* Embedded in the next one, from which all its members are read. */
struct vfsmount {
	struct dentry *mnt_root;
	struct super_block *mnt_sb;
};

/* fs/mount.h */
struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
	void *mnt_ns;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct file {
	unsigned int f_mode;
	struct path f_path;
	void *private_data;
};

struct fdtable {
	unsigned int max_fds;
	struct file **fd;
};

typedef struct {
	int counter;
} atomic_t;

struct files_struct {
	atomic_t count;
	struct fdtable *fdt;
};

struct fs_struct {
	struct path root;
};

struct task_struct {
	struct fs_struct *fs;
	struct files_struct *files;
};

struct key {
	__s32 serial;
};

struct kernfs_node {
	__u64 id;
};

struct cgroup {
	struct kernfs_node *kn;
};

struct bpf_link_ops {
	int (*detach)(void);
	int (*update_prog)(void);
	int (*update_map)(void);
};

struct bpf_link {
	__u32 id;
	enum bpf_link_type type;
	struct bpf_link_ops *ops;
};

struct bpf_cgroup_link {
	struct bpf_link link;
	struct cgroup *cgroup;
};

struct bpf_map {
	__u32 id;
	char *excl_prog_sha;	/* from 6.18 on */
};

struct bpf_prog_aux {
	__u32 id;
	__u32 used_map_cnt;
	struct bpf_map **used_maps;
	struct {
		__u8 verdict;
	} sig;			/* from 7.2 on */
};

struct bpf_prog {
	enum bpf_prog_type type;
	__u8 digest[32];	/* from 6.18 on */
	struct bpf_prog_aux *aux;
};

#pragma clang attribute pop

/* The program's context, the same on all kernels. */
struct bpf_iter_meta {
	struct seq_file *seq;
	__u64 session_id;
	__u64 seq_num;
};

struct bpf_iter__bpf_link {
	struct bpf_iter_meta *meta;
	struct bpf_link *link;
};

/* include/uapi/linux/bpf.h: what BPF_PROG_LOAD takes; the last three from 6.18 on. */
union bpf_attr {
	__u32 first;		/* of any command */
	struct {
		__u32 prog_type;
		__u8 before_attach_type[64];
		__u32 expected_attach_type;
		__u8 before_signature[80];
		__u64 signature;
		__u32 signature_size;
		__s32 keyring_id;
	};
};

enum lockdown_reason { LOCKDOWN_NONE = 0, LOCKDOWN_INTEGRITY_MAX = 21 };
enum key_need_perm {
	KEY_NEED_VIEW = 1,
	KEY_NEED_READ = 2,
	KEY_NEED_SEARCH = 4,
	KEY_DEFER_PERM_CHECK = 10,
};

/* kernel/bpf/helpers.c */
extern void *bpf_rdonly_cast(const void *object, __u32 type) __ksym;

/* kernel/trace/bpf_trace.c; kernel/bpf/helpers.c later */
struct bpf_key;
extern struct bpf_key *bpf_lookup_user_key(__s32 serial, __u64 flags) __ksym;
extern struct bpf_key *bpf_lookup_system_key(__u64 id) __ksym;
extern void bpf_key_put(struct bpf_key *key) __ksym;
extern int bpf_verify_pkcs7_signature(struct bpf_dynptr *data, struct bpf_dynptr *signature,
				      struct bpf_key *keyring) __ksym;

#define EPERM 1
#define ENOENT 2
#define ENXIO 6
#define EBADF 9
#define EAGAIN 11
#define EBUSY 16
#define EFAULT 14
#define EEXIST 17
#define EINVAL 22
#define EFBIG 27
#define ENOSPC 28
#define ERANGE 34
#define EIDRM 43
#define ENOPKG 65
#define EBADMSG 74
#define EOPNOTSUPP 95
#define EALREADY 114
#define EINPROGRESS 115
#define ESTALE 116
#define ENOKEY 126
#define EKEYREJECTED 129

/* Straight-line code is longer, and the verifier's first passes cost by length. */
#define NOT_UNROLLED _Pragma("clang loop unroll(disable)")

/* A member, also one of an embedded structure, of the structure at an address that is only a number; 0 if unreadable. */
#define READ(type, address, member)                                                           \
	({                                                                                    \
		const __u64 address_ = (__u64)(address);                                      \
		__typeof__(((struct type *)0)->member) value_ = 0;                            \
		bpf_core_read(&value_, sizeof(value_), &((struct type *)address_)->member);   \
		value_;                                                                       \
	})

static __noinline void *cast(__u64 address, __u32 type)
{
	return bpf_rdonly_cast((void *)address, type);
}

/*
 * The structure at an address that is only a number, for reading; what can't be read there is 0. One instruction a member
 * where READ takes seven, but the signed loader needs thirty more for a program that calls a function of the kernel. So this
 * one is for the program that reads much, the other for those that read little.
 */
#define AT(type, address) ((struct type *)cast((__u64)(address), bpf_core_type_id_kernel(struct type)))

#endif
