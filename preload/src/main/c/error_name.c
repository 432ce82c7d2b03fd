// SPDX-License-Identifier: Apache-2.0
#include "error_name.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define NAME(number)                                                                                                     \
	case number:                                                                                                     \
		return #number

/* ENOTSUPP is the kernel's own: no C library has it, yet bpf(2) returns it. */
#define ENOTSUPP 524

const char *error_name(int error)
{
	static char unnamed[16];
	int number = abs(error);

	switch (number) {
	case 0:
		return "OK";
	NAME(EPERM);
	NAME(EIDRM);
	NAME(EINPROGRESS);
	NAME(ENOENT);
	NAME(ESRCH);
	NAME(EINTR);
	NAME(EIO);
	NAME(ENXIO);
	NAME(E2BIG);
	NAME(ENOEXEC);
	NAME(EBADF);
	NAME(EAGAIN);
	NAME(ENOMEM);
	NAME(EACCES);
	NAME(EFAULT);
	NAME(EBUSY);
	NAME(EEXIST);
	NAME(EXDEV);
	NAME(ENODEV);
	NAME(ENOTDIR);
	NAME(EISDIR);
	NAME(EINVAL);
	NAME(ENFILE);
	NAME(EMFILE);
	NAME(EFBIG);
	NAME(ENOSPC);
	NAME(EROFS);
	NAME(EDOM);
	NAME(ERANGE);
	NAME(ENAMETOOLONG);
	NAME(ENOSYS);
	NAME(ENOTEMPTY);
	NAME(ELOOP);
	NAME(ENOPKG);
	NAME(EPROTO);
	NAME(EBADMSG);
	NAME(EOVERFLOW);
	NAME(EILSEQ);
	NAME(EOPNOTSUPP);
	NAME(EADDRNOTAVAIL);
	NAME(ENOBUFS);
	NAME(ETIMEDOUT);
	NAME(EALREADY);
	NAME(ESTALE);
	NAME(EDQUOT);
	NAME(ENOKEY);
	NAME(EKEYEXPIRED);
	NAME(EKEYREVOKED);
	NAME(EKEYREJECTED);
	NAME(ENOTSUPP);
	default:
		snprintf(unnamed, sizeof(unnamed), "E%d", number);
		return unnamed;
	}
}
