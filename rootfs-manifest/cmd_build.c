// SPDX-License-Identifier: MIT
#include "rootfs-manifest/commands.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "rootfs-manifest/assemble.h"
#include "rootfs-manifest/canonical.h"
#include "rootfs-manifest/command.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/pack.h"

#define NAMES_SHOWN 8

/* One build. The manifest's folder is only read: a lock chosen here goes to the output folder. */
struct build {
	const struct work *work;
	struct error *err;
	struct lock lock;
	char base[DIGEST_SIZE]; // hash of the lock beside the manifest, or ""
	char *new_lock_path;
	char *lock_used;
	struct {
		double lock, fetch, assemble, pack;
	} seconds;
};

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void use_lock(struct build *build, const char *path, struct lock *lock)
{
	lock_finish(&build->lock);
	free(build->lock_used);
	build->lock = *lock;
	build->lock_used = mem_copy(path);
}

/* Chooses anew, and says what differs from the lock so far. */
static bool lock_anew(struct build *build, const char *reason)
{
	const struct work *work = build->work;
	struct lock lock;
	fprintf(stderr, "sill: lock     %s: choosing packages\n", reason);
	const struct lock *held = build->lock.count != 0 ? &build->lock : NULL;
	const struct strings none = {0};
	if (!work_solve(work, held, &none, &lock, build->err)) {
		return false;
	}
	memcpy(lock.replaces, build->base, DIGEST_SIZE);
	struct buffer changes = {0};
	if (build->lock.count != 0) {
		lock_describe_changes(&build->lock, &lock, &changes);
	}
	fprintf(stderr, "%ssill: lock     %zu packages in %s\n",
		changes.data != NULL ? changes.data : "", lock.count, build->new_lock_path);
	buffer_finish(&changes);
	use_lock(build, build->new_lock_path, &lock);
	return disk_make_dirs(work->output, build->err) &&
	       work_write_lock(&build->lock, build->new_lock_path, build->err);
}

/* A lock that an earlier build chose, if it was in place of the same one. */
static void try_earlier_lock(struct build *build)
{
	struct lock lock;
	struct error ignored;
	if (!disk_exists(build->new_lock_path) ||
		!work_read_lock(build->work, build->new_lock_path, &lock, &ignored)) {
		return;
	}
	if (strcmp(lock.replaces, build->base) == 0 &&
		strcmp(lock.choices, build->work->choices) == 0) {
		use_lock(build, build->new_lock_path, &lock);
	} else {
		lock_finish(&lock);
	}
}

static bool find_lock(struct build *build)
{
	const struct work *work = build->work;
	bool locked = work->options.locked;
	if (disk_exists(work->lock_path)) {
		struct lock lock;
		if (!digest_file(work->lock_path, build->base, build->err) ||
			!work_read_lock(work, work->lock_path, &lock, build->err)) {
			return false;
		}
		use_lock(build, work->lock_path, &lock);
	} else if (locked) {
		return fail(build->err, "--locked, but there is no %s", work->lock_path);
	}
	if (!locked) {
		try_earlier_lock(build);
	}
	if (build->lock.count == 0) {
		return lock_anew(build, "there is none yet");
	}
	if (strcmp(build->lock.choices, work->choices) != 0) {
		return locked ? fail(build->err,
					"--locked, but %s is older than the manifest: run "
					"sill lock",
					work->lock_path)
			      : lock_anew(build, "the manifest wants other packages than before");
	}
	return true;
}

static void join_names(const struct strings *names, char *out, size_t size)
{
	size_t used = 0;
	out[0] = '\0';
	for (size_t i = 0; i < names->count && i < NAMES_SHOWN && used < size; i++) {
		used += (size_t)snprintf(
			out + used, size - used, "%s%s", i != 0 ? ", " : "", names->items[i]);
	}
	if (names->count > NAMES_SHOWN && used < size) {
		snprintf(out + used, size - used, " and %zu more", names->count - NAMES_SHOWN);
	}
}

/* Mirrors drop old versions: then a new lock takes over, unless --locked. */
static bool fetch_packages(struct build *build)
{
	const struct work *work = build->work;
	struct strings gone = {0};
	double started = now();
	bool ok = work_download(work, &build->lock, &gone, build->err);
	if (!ok && gone.count != 0) {
		char names[512];
		join_names(&gone, names, sizeof(names));
		if (work->options.locked) {
			fail(build->err, "--locked, but the mirror and the cache do not have: %s",
				names);
		} else {
			fprintf(stderr, "sill: notice: the mirror no longer has: %s\n", names);
			strings_finish(&gone);
			ok = lock_anew(build, "packages are gone") &&
			     work_download(work, &build->lock, &gone, build->err);
		}
	}
	strings_finish(&gone);
	build->seconds.fetch = now() - started;
	return ok;
}

static void print_json(const struct build *build, long bytes, long files)
{
	struct json_object *root = json_object_new_object();
	struct json_object *seconds = json_object_new_object();
	json_object_object_add(root, "image", json_object_new_string(build->work->image_path));
	json_object_object_add(root, "tree", json_object_new_string(build->work->tree_path));
	json_object_object_add(root, "lock", json_object_new_string(build->lock_used));
	json_object_object_add(root, "bytes", json_object_new_int64(bytes));
	json_object_object_add(root, "files", json_object_new_int64(files));
	json_object_object_add(root, "packages", json_object_new_int64((long)build->lock.count));
	const struct {
		const char *name;
		double value;
	} steps[] = {{"lock", build->seconds.lock}, {"fetch", build->seconds.fetch},
		{"assemble", build->seconds.assemble}, {"pack", build->seconds.pack}};
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		char text[32];
		snprintf(text, sizeof(text), "%.3f", steps[i].value);
		json_object_object_add(
			seconds, steps[i].name, json_object_new_double_s(steps[i].value, text));
	}
	json_object_object_add(root, "seconds", seconds);
	struct buffer out = {0};
	canonical_write(root, &out);
	fputs(out.data, stdout);
	buffer_finish(&out);
	json_object_put(root);
}

static bool make_image(struct build *build)
{
	struct assemble_result assembled;
	struct pack_result packed;
	double started = now();
	if (!assemble(build->work, &build->lock, &assembled, build->err)) {
		return false;
	}
	build->seconds.assemble = now() - started;
	started = now();
	if (!pack(build->work, assembled.inputs, &packed, build->err)) {
		return false;
	}
	build->seconds.pack = now() - started;
	if (build->work->options.json) {
		print_json(build, packed.bytes, (long)assembled.tree.files);
	} else {
		printf("%s\n", build->work->image_path);
	}
	return true;
}

static bool make_image_alone(struct build *build)
{
	int fd = work_lock_output(build->work, build->err);
	bool ok = fd >= 0 && make_image(build);
	if (fd >= 0) {
		close(fd);
	}
	return ok;
}

static bool build_image(const struct work *work, struct error *err)
{
	struct build build = {.work = work, .err = err};
	if (!work_check_own(work, err)) {
		return false;
	}
	build.new_lock_path =
		mem_print("%s/%s.%s.lock.json", work->output, work->manifest.name, work->arch);
	double started = now();
	bool ok = find_lock(&build);
	build.seconds.lock = now() - started;
	ok = ok && fetch_packages(&build) && make_image_alone(&build);
	lock_finish(&build.lock);
	free(build.new_lock_path);
	free(build.lock_used);
	return ok;
}

int cmd_build(int argc, char **argv)
{
	return command_run(COMMAND_BUILD, argc, argv, build_image);
}
