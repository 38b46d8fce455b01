// SPDX-License-Identifier: MIT
#include "init/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init/confine.h"
#include "init/directory.h"
#include "init/format.h"
#include "init/sandbox.h"

#define RIGHT(name) ((uint64_t)LANDLOCK_ACCESS_FS_##name)
#define READ_RIGHTS (RIGHT(EXECUTE) | RIGHT(READ_FILE) | RIGHT(READ_DIR))
#define WRITE_RIGHTS                                                                               \
	(RIGHT(WRITE_FILE) | RIGHT(REMOVE_DIR) | RIGHT(REMOVE_FILE) | RIGHT(MAKE_CHAR) |           \
		RIGHT(MAKE_DIR) | RIGHT(MAKE_REG) | RIGHT(MAKE_SOCK) | RIGHT(MAKE_FIFO) |          \
		RIGHT(MAKE_BLOCK) | RIGHT(MAKE_SYM))
#define REFER_RIGHT (UINT64_C(1) << 13) // from ABI 2 on
#define TRUNCATE_RIGHT (UINT64_C(1) << 14) // 3
#define FILE_RIGHTS (RIGHT(EXECUTE) | RIGHT(READ_FILE) | RIGHT(WRITE_FILE) | TRUNCATE_RIGHT)
#define SCOPES 3 // abstract sockets and signals: 6

/* Of linux/landlock.h, which may be older than the kernel: it takes any size it knows. */
struct ruleset_attributes {
	uint64_t fs, net, scoped;
};

struct ruleset {
	int fd;
	uint64_t handled;
};

/* What is not there needs no right; the path may have - in front and :TARGET behind. */
static int allow(const struct ruleset *ruleset, const char *entry, uint64_t rights)
{
	char path[DIRECTORY_PATH_MAX];
	struct stat info;
	entry += *entry == '-';
	const char *colon = strchr(entry, ':');
	size_t length = strlen(entry);
	if (colon != NULL && colon[1] == '/') {
		entry = colon + 1;
		length = strlen(entry);
	} else if (colon != NULL) {
		length = (size_t)(colon - entry);
	}
	format_text(path, sizeof(path), "%.*s", (int)length, entry);
	int fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0) {
		return errno == ENOENT ? 0 : -errno;
	}
	bool is_directory = fstat(fd, &info) == 0 && S_ISDIR(info.st_mode);
	struct landlock_path_beneath_attr rule = {
		.allowed_access =
			rights & ruleset->handled & (is_directory ? ~UINT64_C(0) : FILE_RIGHTS),
		.parent_fd = fd,
	};
	int error = syscall(SYS_landlock_add_rule, ruleset->fd, LANDLOCK_RULE_PATH_BENEATH, &rule,
			    0) < 0
			    ? errno
			    : 0;
	close(fd);
	return -error;
}

static int allow_all(const struct ruleset *ruleset, const struct text_list *paths, uint64_t rights)
{
	int result = 0;
	for (size_t i = 0; result == 0 && i < paths->count; i++) {
		result = allow(ruleset, paths->items[i], rights);
	}
	return result;
}

static int allow_directories(
	const struct ruleset *ruleset, const char *root, const struct text_list *names)
{
	int result = 0;
	for (size_t i = 0; result == 0 && i < names->count; i++) {
		char path[DIRECTORY_PATH_MAX];
		format_text(path, sizeof(path), "%s/%s", root, names->items[i]);
		result = allow(ruleset, path, ruleset->handled);
	}
	return result;
}

static int allow_reading(const struct ruleset *ruleset, const struct sandbox_config *sandbox)
{
	return sandbox_has_own_root(sandbox)
		       ? allow_all(ruleset, &sandbox->bind_read_only, READ_RIGHTS)
		       : allow(ruleset, "/", READ_RIGHTS);
}

static int allow_writing(const struct ruleset *ruleset, const struct service_config *config)
{
	static const char *const kernel[] = {"/dev", "/proc", "/sys"};
	const struct sandbox_config *sandbox = &config->sandbox;
	int result = allow_all(ruleset, &sandbox->bind, ruleset->handled);
	if (result == 0) {
		result = allow_all(ruleset, &sandbox->read_write, ruleset->handled);
	}
	for (size_t i = 0; !sandbox_has_own_root(sandbox) && result == 0 && i < 3; i++) {
		result = allow(ruleset, kernel[i], ruleset->handled);
	}
	if (result == 0 && sandbox->has_private_tmp) {
		result = allow(ruleset, "/tmp", ruleset->handled);
	}
	if (result == 0) {
		result = allow_directories(ruleset, SPAWN_STATE_ROOT, &config->state_directories);
	}
	return result == 0 ? allow_directories(
				     ruleset, SPAWN_RUNTIME_ROOT, &config->runtime_directories)
			   : result;
}

bool landlock_is_wanted(const struct sandbox_config *sandbox)
{
	return sandbox->protect_system == PROTECT_STRICT || sandbox_has_own_root(sandbox);
}

int landlock_apply(const struct spawn_job *job)
{
	const struct service_config *config = &job->unit->service;
	if (!landlock_is_wanted(&config->sandbox)) {
		return 0;
	}
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < 0) {
		return errno == ENOSYS || errno == EOPNOTSUPP ? 0 : -errno; // mounts do it alone
	}
	struct ruleset ruleset = {.handled = READ_RIGHTS | WRITE_RIGHTS |
					     (abi >= 2 ? REFER_RIGHT : 0) |
					     (abi >= 3 ? TRUNCATE_RIGHT : 0)};
	const struct ruleset_attributes attributes = {
		.fs = ruleset.handled, .scoped = abi >= 6 ? SCOPES : 0};
	size_t size = abi >= 6 ? sizeof(attributes) : sizeof(attributes.fs);
	ruleset.fd = (int)syscall(SYS_landlock_create_ruleset, &attributes, size, 0);
	if (ruleset.fd < 0) {
		return -errno;
	}
	int result = allow_reading(&ruleset, &config->sandbox);
	if (result == 0) {
		result = allow_writing(&ruleset, config);
	}
	if (result == 0 && syscall(SYS_landlock_restrict_self, ruleset.fd, 0) < 0) {
		result = -errno;
	}
	close(ruleset.fd);
	return result;
}
