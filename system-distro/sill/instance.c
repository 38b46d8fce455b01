// SPDX-License-Identifier: MIT
#include "system-distro/sill/instance.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <json-c/json.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "system-distro/sill/report.h"

/* DIR holds X11's socket, whose path must fit a sockaddr_un. */
#define DIR_MAX (108 - sizeof("/wslg/runtime-dir/pulse/native"))

static bool valid_name(const char *name)
{
	size_t length = strlen(name);
	if (length == 0 || length > INSTANCE_NAME_MAX || !isalnum((unsigned char)name[0])) {
		return false;
	}
	for (const char *c = name; *c != '\0'; c++) {
		if (!isalnum((unsigned char)*c) && strchr("-_.", *c) == NULL) {
			return false;
		}
	}
	return true;
}

static void choose_dirs(struct instance *instance)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");
	const char *name = instance->name;
	if (geteuid() == 0) {
		snprintf(instance->dir, PATH_MAX, "/run/sill/%s", name);
		snprintf(instance->state_dir, PATH_MAX, "/var/lib/sill/%s", name);
		return;
	}
	if (runtime != NULL && runtime[0] == '/') {
		snprintf(instance->dir, PATH_MAX, "%s/sill/%s", runtime, name);
	} else {
		snprintf(instance->dir, PATH_MAX, "/tmp/sill-%d/%s", (int)geteuid(), name);
	}
	if (state != NULL && state[0] == '/') {
		snprintf(instance->state_dir, PATH_MAX, "%s/sill/%s", state, name);
	} else {
		snprintf(instance->state_dir, PATH_MAX, "%s/.local/state/sill/%s",
			home != NULL ? home : "", name);
	}
}

bool instance_init(struct instance *instance, const char *name)
{
	*instance = (struct instance){0};
	if (!valid_name(name)) {
		report("\"%s\" is no name for an instance: at most %d letters, digits, - _ .", name,
			INSTANCE_NAME_MAX);
		return false;
	}
	snprintf(instance->name, sizeof(instance->name), "%s", name);
	choose_dirs(instance);
	if (strlen(instance->dir) > DIR_MAX) {
		report("%s is too long for the sockets in it; set a shorter XDG_RUNTIME_DIR",
			instance->dir);
		return false;
	}
	return true;
}

static void join(const char *dir, const char *leaf, char *path)
{
	if (snprintf(path, PATH_MAX, "%s/%s", dir, leaf) >= PATH_MAX) {
		path[0] = '\0'; // no such file, rather than another one
	}
}

void instance_path(const struct instance *instance, const char *leaf, char *path)
{
	join(instance->dir, leaf, path);
}

void instance_state_path(const struct instance *instance, const char *leaf, char *path)
{
	join(instance->state_dir, leaf, path);
}

/* mkdir -p; the last one gets the mode, those above it 0755. */
static bool make_dirs(const char *path, mode_t mode)
{
	char part[PATH_MAX];
	snprintf(part, sizeof(part), "%s", path);
	for (char *slash = strchr(part + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(part, 0755) < 0 && errno != EEXIST) {
			report_errno("cannot make %s", part);
			return false;
		}
		*slash = '/';
	}
	if (mkdir(path, mode) < 0 && errno != EEXIST) {
		report_errno("cannot make %s", path);
		return false;
	}
	return true;
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	remove(path); // what cannot go stays; the rest goes all the same
	return 0;
}

static void remove_tree(const char *path)
{
	nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

/* A directory of another user's making in a shared place must not be trusted. */
static bool is_ours(const char *dir)
{
	struct stat st;
	if (lstat(dir, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid()) {
		return true;
	}
	report("%s is not a directory of yours; remove it or set XDG_RUNTIME_DIR", dir);
	return false;
}

static bool make_empty(const struct instance *instance, const char *leaf)
{
	char path[PATH_MAX];
	instance_path(instance, leaf, path);
	remove_tree(path);
	return make_dirs(path, 0755);
}

int instance_create(const struct instance *instance)
{
	char path[PATH_MAX];
	instance_state_path(instance, "rdp", path);
	/* The sockets inside are open to all, as WSLg's are: who may pass is decided here. */
	if (!make_dirs(instance->dir, 0700) || !is_ours(instance->dir) || !make_dirs(path, 0700)) {
		return -1;
	}
	instance_path(instance, "lock", path);
	int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (lock < 0) {
		report_errno("cannot open %s", path);
		return -1;
	}
	if (flock(lock, LOCK_EX | LOCK_NB) < 0) {
		report("%s runs already; sill stop --name %s ends it, --name starts another",
			instance->name, instance->name);
		close(lock);
		return -1;
	}
	if (!make_empty(instance, "wslg") || !make_empty(instance, "run") ||
		!make_empty(instance, "run/units")) {
		close(lock);
		return -1;
	}
	return lock;
}

static void add_string(struct json_object *object, const char *key, const char *value)
{
	json_object_object_add(object, key, json_object_new_string(value));
}

bool instance_save(const struct instance *instance)
{
	char path[PATH_MAX], part[PATH_MAX];
	instance_path(instance, "instance.json", path);
	instance_path(instance, "instance.json.part", part);
	struct json_object *object = json_object_new_object();
	add_string(object, "name", instance->name);
	add_string(object, "engine", engine_name(instance->engine));
	add_string(object, "image", instance->image);
	add_string(object, "root", instance->root_kind);
	add_string(object, "listen", instance->listen);
	json_object_object_add(object, "monitor_pid", json_object_new_int(instance->monitor_pid));
	json_object_object_add(object, "init_pid", json_object_new_int(instance->init_pid));
	bool saved = json_object_to_file_ext(part, object, JSON_C_TO_STRING_PRETTY) == 0 &&
		     rename(part, path) == 0;
	json_object_put(object);
	if (!saved) {
		report_errno("cannot write %s", path);
	}
	return saved;
}

static void get_string(struct json_object *object, const char *key, char *value, size_t size)
{
	struct json_object *field;
	if (json_object_object_get_ex(object, key, &field)) {
		snprintf(value, size, "%s", json_object_get_string(field));
	}
}

static int get_int(struct json_object *object, const char *key)
{
	struct json_object *field;
	return json_object_object_get_ex(object, key, &field) ? json_object_get_int(field) : 0;
}

/* The lock tells whether anyone watches; the file alone could be left from a power cut. */
static bool is_locked(const struct instance *instance)
{
	char path[PATH_MAX];
	instance_path(instance, "lock", path);
	int lock = open(path, O_RDWR | O_CLOEXEC);
	if (lock < 0) {
		return false;
	}
	bool locked = flock(lock, LOCK_SH | LOCK_NB) < 0;
	close(lock);
	return locked;
}

bool instance_load(struct instance *instance, const char *name)
{
	char path[PATH_MAX], engine[32] = "";
	if (!instance_init(instance, name)) {
		return false;
	}
	instance_path(instance, "instance.json", path);
	struct json_object *object = is_locked(instance) ? json_object_from_file(path) : NULL;
	if (object == NULL) {
		report("no instance \"%s\" runs; sill run starts one", name);
		return false;
	}
	get_string(object, "engine", engine, sizeof(engine));
	get_string(object, "image", instance->image, sizeof(instance->image));
	get_string(object, "root", instance->root_kind, sizeof(instance->root_kind));
	get_string(object, "listen", instance->listen, sizeof(instance->listen));
	instance->monitor_pid = get_int(object, "monitor_pid");
	instance->init_pid = get_int(object, "init_pid");
	json_object_put(object);
	return engine_find(engine, &instance->engine) && instance->monitor_pid > 0;
}

void instance_remove(const struct instance *instance)
{
	remove_tree(instance->dir);
}

bool instance_wait_gone(const struct instance *instance, int timeout_ms)
{
	int pidfd = (int)syscall(SYS_pidfd_open, instance->monitor_pid, 0);
	if (pidfd < 0) {
		return errno == ESRCH;
	}
	struct pollfd poll_fd = {.fd = pidfd, .events = POLLIN};
	int ready = poll(&poll_fd, 1, timeout_ms);
	close(pidfd);
	return ready > 0;
}
