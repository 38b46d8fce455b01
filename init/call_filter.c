// SPDX-License-Identifier: MIT
#include "init/call_filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init/directory.h"
#include "init/format.h"

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#else
#error "what does linux/audit.h call this architecture?"
#endif

/* The header tells a filter of this unit from one that was compiled before the unit was changed. */
static int open_filter(const struct unit *unit, uint64_t id)
{
	char path[DIRECTORY_PATH_MAX + sizeof(CALL_FILTER_SUFFIX)];
	struct call_filter_header header;
	format_text(path, sizeof(path), "%s" CALL_FILTER_SUFFIX, unit->file);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	if (read(fd, &header, sizeof(header)) != sizeof(header) ||
		memcmp(header.magic, CALL_FILTER_MAGIC, sizeof(header.magic)) != 0 ||
		header.arch != NATIVE_ARCH || header.id != id) {
		close(fd);
		return -ESTALE;
	}
	return fd;
}

int call_filter_check(const struct unit *unit)
{
	uint64_t id = unit_filter_id(&unit->service.sandbox);
	int fd = id != 0 ? open_filter(unit, id) : 0;
	if (fd > 0) {
		close(fd);
	}
	return fd < 0 ? fd : 0;
}

static int filter_fd = -1; // of the child

int call_filter_open(const struct spawn_job *job)
{
	uint64_t id = unit_filter_id(&job->unit->service.sandbox);
	filter_fd = id != 0 ? open_filter(job->unit, id) : -1;
	return id != 0 && filter_fd < 0 ? filter_fd : 0;
}

int call_filter_load(const struct spawn_job *job)
{
	static struct sock_filter instructions[CALL_FILTER_INSTRUCTIONS_MAX];
	if (filter_fd < 0) {
		return 0;
	}
	ssize_t size = read(filter_fd, instructions, sizeof(instructions));
	if (size <= 0 || (size_t)size % sizeof(instructions[0]) != 0) {
		return -ESTALE;
	}
	const struct sock_fprog program = {
		.len = (unsigned short)((size_t)size / sizeof(instructions[0])),
		.filter = instructions,
	};
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0 ? -errno : 0;
}
