// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/sealed.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

int sealed_create(const char *name, const void *data, size_t size)
{
	int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0) {
		return -1;
	}
	int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
	if (write(fd, data, size) != (ssize_t)size || fcntl(fd, F_ADD_SEALS, seals) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}
