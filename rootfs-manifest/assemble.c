// SPDX-License-Identifier: MIT
#include "rootfs-manifest/assemble.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "rootfs-manifest/check.h"
#include "rootfs-manifest/closure.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/layout.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/pattern.h"
#include "rootfs-manifest/progress.h"
#include "rootfs-manifest/provenance.h"
#include "rootfs-manifest/stamp.h"
#include "rootfs-manifest/survey.h"
#include "rootfs-manifest/trial.h"
#include "rootfs-manifest/unpack.h"

// Part of every stamp: raise it when the same inputs make another tree than before.
#define ASSEMBLE_VERSION 4

static bool scan_packages(
	const struct work *work, struct survey *survey, struct tree *tree, struct error *err)
{
	const struct lock *lock = survey->lock;
	bool ok = true;
	for (size_t i = 0; ok && i < lock->count; i++) {
		size_t first = tree->count;
		char *folder = unpack_folder(work->cache, &lock->packages[i]);
		ok = tree_scan(tree, folder, err);
		survey_claim(survey, i, tree, first);
		free(folder);
	}
	tree_sort(tree);
	return ok;
}

/* What is dropped is not there for anybody: a library that was needed is then missed loudly. */
static void drop(struct tree *tree, const struct strings *patterns)
{
	struct tree rest = {0};
	struct tree dropped = {0};
	for (size_t i = 0; i < tree->count; i++) {
		bool matches = false;
		for (size_t j = 0; j < patterns->count && !matches; j++) {
			matches = pattern_matches(patterns->items[j], tree->items[i].path);
		}
		tree_add(matches ? &dropped : &rest, tree->items[i]);
	}
	free(tree->items);
	tree_finish(&dropped);
	*tree = rest;
}

static bool make_tree(const struct work *work, const struct lock *lock, struct emit_result *result,
	struct error *err)
{
	struct tree tree = {0};
	struct survey survey;
	const struct manifest *manifest = &work->manifest;
	survey_init(&survey, lock);
	bool ok = scan_packages(work, &survey, &tree, err);
	if (ok) {
		drop(&tree, &manifest->keep.drop);
	}
	ok = ok && layout_apply(manifest, work->options.own, &tree, err) &&
	     closure_keep(&tree, &manifest->keep.entries, true, err) &&
	     closure_keep(&tree, &manifest->keep.data, false, err) && closure_complete(&tree, err);
	if (ok) {
		provenance_add(work, lock, &tree);
	}
	ok = ok && check_tree(manifest, &tree, err) &&
	     survey_write(&survey, &tree, work->survey_path, err) &&
	     emit_tree(&tree, work->tree_path, trial_services, work, result, err) &&
	     provenance_record(work, lock, &tree, err);
	survey_finish(&survey);
	tree_finish(&tree);
	return ok;
}

static bool stamp_files(const struct work *work, struct stamp *stamp, struct error *err)
{
	const struct file *files = work->manifest.files.items;
	bool ok = true;
	for (size_t i = 0; ok && i < work->manifest.files.count; i++) {
		const char *source = files[i].source;
		if (source != NULL) {
			ok = stamp_add_path(stamp, source, err);
		}
	}
	const struct profile *profiles = work->manifest.apparmor.items;
	for (size_t i = 0; ok && i < work->manifest.apparmor.count; i++) {
		ok = stamp_add_path(stamp, profiles[i].source, err);
	}
	if (ok && work->manifest.selinux.contexts != NULL) {
		ok = stamp_add_path(stamp, work->manifest.selinux.contexts, err);
	}
	if (ok && work->options.own != NULL) {
		ok = stamp_add_own(stamp, work->options.own, &work->manifest.own, err);
	}
	return ok;
}

static bool stamp_inputs(const struct work *work, const struct lock *lock,
	char ret_inputs[static DIGEST_SIZE], struct error *err)
{
	struct stamp stamp = {0};
	stamp_add(&stamp, "assemble %d manifest %s", ASSEMBLE_VERSION, work->manifest_sha256);
	for (size_t i = 0; i < lock->count; i++) {
		stamp_add(&stamp, "package %s", lock->packages[i].sha256);
	}
	provenance_stamp(work, &stamp);
	bool ok = stamp_files(work, &stamp, err);
	stamp_end(&stamp, ret_inputs);
	return ok;
}

static bool check_package_budget(
	const struct work *work, const struct lock *lock, struct error *err)
{
	long most = work->manifest.budget.packages;
	return most < 0 || (long)lock->count <= most ||
	       fail(err, "%zu packages: the budget is %ld", lock->count, most);
}

/* Held by all who unpack; whoever finds nobody else there first clears up after those who were
 * killed. */
static int enter_unpacked(const char *folder, struct error *err)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		fail(err, "%s: %s", folder, strerror(errno));
		return -1;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
		char *any = mem_print("%s/*", folder);
		disk_remove_parts(any);
		free(any);
	}
	flock(fd, LOCK_SH);
	return fd;
}

static bool unpack(const struct work *work, const struct lock *lock, struct error *err)
{
	struct progress progress;
	char *folder = mem_print("%s/unpacked", work->cache);
	progress_begin(&progress, "unpack", lock->count, 0);
	int fd = disk_make_dirs(folder, err) ? enter_unpacked(folder, err) : -1;
	bool ok = fd >= 0 && unpack_all(work->cache, lock, err);
	if (fd >= 0) {
		close(fd);
	}
	if (ok) {
		progress_end(&progress, "%zu packages", lock->count);
	}
	free(folder);
	return ok;
}

static bool count_tree(const char *path, struct emit_result *result, struct error *err)
{
	struct tree tree = {0};
	bool ok = tree_scan(&tree, path, err);
	for (size_t i = 0; i < tree.count; i++) {
		result->files += tree.items[i].kind != ENTRY_FOLDER;
		result->bytes += tree.items[i].size;
	}
	tree_finish(&tree);
	return ok;
}

bool assemble(const struct work *work, const struct lock *lock, struct assemble_result *ret_result,
	struct error *err)
{
	struct assemble_result result = {0};
	if (!check_package_budget(work, lock, err) ||
		!stamp_inputs(work, lock, result.inputs, err)) {
		return false;
	}
	char *stamp_path = mem_print("%s.inputs", work->tree_path);
	result.unchanged = disk_exists(work->tree_path) && stamp_matches(stamp_path, result.inputs);
	bool ok = true;
	if (result.unchanged) {
		fputs("sill: assemble unchanged\n", stderr);
		ok = count_tree(work->tree_path, &result.tree, err);
	} else if (unpack(work, lock, err)) {
		struct progress progress;
		unlink(stamp_path);
		progress_begin(&progress, "assemble", 0, 0);
		ok = disk_make_dirs(work->output, err) &&
		     make_tree(work, lock, &result.tree, err) &&
		     stamp_write(stamp_path, result.inputs, err);
		if (ok) {
			progress_end(&progress, "%zu files, %.1f MB in %s", result.tree.files,
				(double)result.tree.bytes / 1e6, work->tree_path);
		}
	} else {
		ok = false;
	}
	free(stamp_path);
	if (ok) {
		*ret_result = result;
	}
	return ok;
}
