// SPDX-License-Identifier: MIT
#include "init/cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "init/format.h"
#include "init/text_file.h"
#include "init/values.h"

#define NUMBER_MAX 32

static int write_file(const char *base, const char *name, const char *file, const char *text)
{
	char path[CGROUP_PATH_MAX + UNIT_NAME_MAX + 32];
	format_text(path, sizeof(path), "%s/%s/%s", base, name, file);
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	int error = write(fd, text, strlen(text)) < 0 ? errno : 0;
	close(fd);
	return -error;
}

static int make_group(const char *base, const char *name)
{
	char path[CGROUP_PATH_MAX + UNIT_NAME_MAX];
	format_text(path, sizeof(path), "%s/%s", base, name);
	return mkdir(path, 0755) < 0 && errno != EEXIST ? -errno : 0;
}

/* Our place in the hierarchy: the line "0::/path" of /proc/self/cgroup. */
static bool own_path(char *to, size_t size)
{
	char text[1024];
	if (text_file_read("/proc/self/cgroup", text, sizeof(text)) < 0) {
		return false;
	}
	const char *line = strncmp(text, "0::", 3) == 0 ? text : strstr(text, "\n0::");
	if (line == NULL) {
		return false;
	}
	line = strchr(line, '/');
	size_t length = line != NULL ? strcspn(line, "\n") : size;
	length -= length == 1; // the root
	return format_text(to, size, "/sys/fs/cgroup%.*s", (int)length, line) < size;
}

void cgroup_init(char path[static CGROUP_PATH_MAX])
{
	struct statfs found;
	if (statfs("/sys/fs/cgroup", &found) < 0 || found.f_type != CGROUP2_SUPER_MAGIC ||
		!own_path(path, CGROUP_PATH_MAX) || make_group(path, "init") < 0 ||
		write_file(path, "init", "cgroup.procs", "0") < 0) {
		path[0] = '\0';
		return;
	}
	/* One at a time: a kernel or a container may have only one of them. */
	(void)write_file(path, ".", "cgroup.subtree_control", "+memory");
	(void)write_file(path, ".", "cgroup.subtree_control", "+pids");
}

static void set_limit(const char *base, const char *name, const char *file, uint64_t limit)
{
	char text[NUMBER_MAX] = "max";
	if (limit != UINT64_MAX) {
		format_text(text, sizeof(text), "%lu", (unsigned long)limit);
	}
	(void)write_file(base, name, file, text);
}

int cgroup_enter(const char *base, const struct unit *unit)
{
	if (*base == '\0') {
		return 0;
	}
	int result = make_group(base, unit->name);
	if (result < 0) {
		return result;
	}
	set_limit(base, unit->name, "memory.max", unit->service.memory_max);
	set_limit(base, unit->name, "pids.max", unit->service.tasks_max);
	return write_file(base, unit->name, "cgroup.procs", "0");
}

void cgroup_kill(const char *base, const char *name)
{
	if (*base != '\0') {
		(void)write_file(base, name, "cgroup.kill", "1");
	}
}

uint64_t cgroup_memory(const char *base, const char *name)
{
	char path[CGROUP_PATH_MAX + UNIT_NAME_MAX + 32], text[NUMBER_MAX];
	const char *end;
	format_text(path, sizeof(path), "%s/%s/memory.current", base, name);
	if (*base == '\0' || text_file_read(path, text, sizeof(text)) < 0) {
		return 0;
	}
	return value_digits(text, &end);
}
