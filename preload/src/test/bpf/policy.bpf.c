// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * A BSM for execution control, nine programs: only files whose SHA-256 is on a signed list are executed, mapped for execution
 * or read by the kernel for its own use; memory isn't made executable; listed files aren't written to; nobody is traced.
 * FIRST_DIGEST is the first program's, as an initializer: it starts before any list can come.
 *
 * The digest is the one that IMA computes. A file that someone has open for writing isn't remembered as listed.
 */
#include "policy.h"
#include "signed_data.h"

enum {
	BPF_MAP_TYPE_INODE_STORAGE = 28,
	PROT_WRITE = 2,
	PROT_EXEC = 4,
	VM_EXEC = 4,
	FMODE_WRITE = 2,
	SHA256 = 4,		/* enum hash_algo */
	EXECUTABLE = 0111,
	TYPE = 0170000,
	REGULAR = 0100000,
};

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct inode___policy {
	unsigned short i_mode;
	atomic_t i_writecount;
};

struct file___policy {
	struct inode___policy *f_inode;
};

struct linux_binprm {
	struct file *file;
};

struct vm_area_struct {
	unsigned long vm_flags;
};

#pragma clang attribute pop

struct digest {
	__u8 bytes[POLICY_DIGEST_SIZE];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, struct digest);
	__type(value, __u32);
} allowed SEC(".maps");

/* Files that were found to be listed when they were opened or executed. */
struct {
	__uint(type, BPF_MAP_TYPE_INODE_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u32);
} listed SEC(".maps");

struct message {
	struct policy_list list;
	__u8 signature[POLICY_SIGNATURE_MAX];
	__u32 busy;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct message);
} messages SEC(".maps");

const volatile struct digest first = {FIRST_DIGEST};

static __always_inline bool is_first(const struct digest *digest)
{
	bool same = true;

	for (int i = 0; i < POLICY_DIGEST_SIZE; i++)
		same &= digest->bytes[i] == first.bytes[i];
	return same;
}

/* Whether the file's contents are listed; if nobody can change them, that is remembered. */
static __always_inline bool is_listed(struct file *file)
{
	struct inode___policy *inode = ((struct file___policy *)file)->f_inode;
	struct digest digest = {0};
	__u32 *mark;

	if (bpf_ima_file_hash(file, &digest, sizeof(digest)) != SHA256)
		return false;
	if (bpf_map_lookup_elem(&allowed, &digest) == NULL && !is_first(&digest))
		return false;
	if (inode->i_writecount.counter > 0)
		return true;
	mark = bpf_inode_storage_get(&listed, (struct inode *)inode, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (mark != NULL)
		*mark = 1;
	return true;
}

static __always_inline bool is_marked(struct file *file)
{
	__u32 *mark = bpf_inode_storage_get(&listed, (struct inode *)((struct file___policy *)file)->f_inode, 0, 0);

	return mark != NULL && *mark != 0;
}

SEC("lsm.s/bprm_creds_for_exec")
int BPF_PROG(check_exec, struct linux_binprm *bprm)
{
	return is_listed(bprm->file) ? 0 : -EPERM;
}

SEC("lsm/mmap_file")
int BPF_PROG(check_mmap, struct file *file, unsigned long requested, unsigned long protection)
{
	if ((protection & PROT_EXEC) == 0)
		return 0;
	return file != NULL && (protection & PROT_WRITE) == 0 && is_marked(file) ? 0 : -EPERM;
}

SEC("lsm/file_mprotect")
int BPF_PROG(check_mprotect, struct vm_area_struct *vma, unsigned long requested, unsigned long protection)
{
	if ((protection & PROT_EXEC) == 0)
		return 0;
	return (vma->vm_flags & VM_EXEC) != 0 && (protection & PROT_WRITE) == 0 ? 0 : -EPERM;
}

/* Looked at when it is open: then it can be read, and nothing was cut off yet. */
SEC("lsm.s/file_post_open")
int BPF_PROG(check_open, struct file *file)
{
	struct inode___policy *inode = ((struct file___policy *)file)->f_inode;

	if ((inode->i_mode & TYPE) != REGULAR)
		return 0;
	if ((file->f_mode & FMODE_WRITE) != 0)
		return is_marked(file) ? -EPERM : 0;
	if ((inode->i_mode & EXECUTABLE) != 0)
		is_listed(file);
	return 0;
}

/* Modules, firmware, kernels to be started. */
SEC("lsm.s/kernel_read_file")
int BPF_PROG(check_kernel_read, struct file *file)
{
	return is_listed(file) ? 0 : -EPERM;
}

/* The same from memory, where there is nothing to take a digest of. */
SEC("lsm/kernel_load_data")
int BPF_PROG(check_kernel_load)
{
	return -EPERM;
}

SEC("lsm/ptrace_access_check")
int BPF_PROG(check_trace, void *child, unsigned int mode)
{
	const unsigned int attach = 2;	/* PTRACE_MODE_ATTACH */

	return (mode & attach) != 0 ? -EPERM : 0;
}

static __always_inline bool is_own(struct bpf_map *map, void *own)
{
	return map->id == ((struct bpf_map *)own)->id;
}

SEC("lsm/bpf_map")
int BPF_PROG(check_map, struct bpf_map *map)
{
	return is_own(map, &allowed) || is_own(map, &listed) || is_own(map, &messages) || is_own(map, &signed_data_ring) ?
		       -EPERM :
		       0;
}

static long add_digest(__u32 index, struct message **taken)
{
	struct message *message = *taken;
	__u32 one = 1;

	if (index >= POLICY_DIGESTS_MAX)
		return 1;
	return bpf_map_update_elem(&allowed, message->list.digests[index], &one, 0) != 0;
}

/* At most the limit, or 0: the barrier keeps the compiler from forms that the verifier can't follow. */
static __always_inline __u32 bounded(__u32 value, __u32 limit)
{
	barrier_var(value);
	return value > limit ? 0 : value;
}

static __always_inline int take(struct message *message, const struct policy_feed *feed)
{
	__u32 size = bounded(feed->list_size, sizeof(message->list));
	__u32 signature_size = bounded(feed->signature_size, POLICY_SIGNATURE_MAX);
	int error;

	if (size == 0 || signature_size == 0)
		return -EFBIG;
	if (bpf_copy_from_user(&message->list, size, (void *)feed->list) != 0 ||
	    bpf_copy_from_user(message->signature, signature_size, (void *)feed->signature) != 0)
		return -EFAULT;
	error = signed_data_verify(&message->list, size, message->signature, signature_size);
	if (error != 0)
		return error;
	if (*(__u64 *)message->list.magic != *(__u64 *)POLICY_MAGIC ||
	    size != 16 + (__u64)message->list.count * POLICY_DIGEST_SIZE)
		return -EBADMSG;
	bpf_loop(message->list.count, add_digest, &message, 0);
	return -EINPROGRESS;
}

SEC("lsm.s/bpf")
int BPF_PROG(feed_list, int command, union bpf_attr *attr)
{
	struct policy_feed feed = {0};
	const __u32 zero = 0;
	struct message *message;
	int answer;

	signed_data_learn(command, attr);
	if (command != POLICY_FEED)
		return 0;
	bpf_probe_read_kernel(&feed, sizeof(feed), attr);
	message = bpf_map_lookup_elem(&messages, &zero);
	if (message == NULL)
		return -EAGAIN;
	/* Nobody changes the message between its verification and its use. */
	if (__sync_lock_test_and_set(&message->busy, 1) != 0)
		return -EBUSY;
	answer = take(message, &feed);
	__sync_lock_test_and_set(&message->busy, 0);
	return answer;
}

char LICENSE[] SEC("license") = "GPL";
