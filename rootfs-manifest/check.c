// SPDX-License-Identifier: MIT
#include "rootfs-manifest/check.h"

#include <string.h>
#include <sys/stat.h>

#include "rootfs-manifest/pattern.h"

// Filled when the system runs.
static const char *const run_time[] = {
	"/proc/", "/sys/", "/dev/", "/run/", "/tmp/", "/var/", "/mnt/"};

static bool is_run_time(const char *target)
{
	for (size_t i = 0; i < sizeof(run_time) / sizeof(run_time[0]); i++) {
		if (strncmp(target, run_time[i], strlen(run_time[i])) == 0) {
			return true;
		}
	}
	return false;
}

static bool holds_kept(const struct tree *tree, const struct entry *folder)
{
	size_t size = strlen(folder->path);
	for (const struct entry *it = folder + 1; it < tree->items + tree->count; it++) {
		if (strncmp(it->path, folder->path, size) != 0) {
			return false;
		}
		if (it->path[size] == '/' && it->kept) {
			return true;
		}
	}
	return false;
}

static bool check_link(struct tree *tree, const struct entry *link, struct error *err)
{
	if (is_run_time(link->target)) {
		return true;
	}
	const struct entry *end = tree_follow(tree, link->path, false);
	bool ok =
		end != NULL && (end->kept || (end->kind == ENTRY_FOLDER && holds_kept(tree, end)));
	return ok ||
	       fail(err, "%s leads to %s, which is not in the image", link->path, link->target);
}

static bool check_mode(const struct entry *entry, struct error *err)
{
	bool sticky_folder = entry->kind == ENTRY_FOLDER && (entry->mode & S_ISVTX) != 0;
	if ((entry->mode & (S_ISUID | S_ISGID)) != 0) {
		return fail(err, "%s is set-id", entry->path);
	}
	if ((entry->mode & S_IWOTH) != 0 && !sticky_folder) {
		return fail(err, "%s is world-writable", entry->path);
	}
	return true;
}

static bool holds_match(const struct tree *tree, const char *pattern)
{
	for (size_t i = 0; i < tree->count; i++) {
		if (tree->items[i].kept && pattern_matches(pattern, tree->items[i].path)) {
			return true;
		}
	}
	return false;
}

static bool check_needs(const struct manifest *manifest, const struct tree *tree, struct error *err)
{
	const struct need *needs = manifest->needs.items;
	for (size_t i = 0; i < manifest->needs.count; i++) {
		const struct need *need = &needs[i];
		bool applies = holds_match(tree, need->when);
		for (size_t j = 0; applies && j < need->files.count; j++) {
			if (!holds_match(tree, need->files.items[j])) {
				return fail(err, "%s needs %s, which is not in the image: %s",
					need->when, need->files.items[j], need->why);
			}
		}
	}
	return true;
}

bool check_tree(const struct manifest *manifest, struct tree *tree, struct error *err)
{
	long files = 0;
	for (size_t i = 0; i < tree->count; i++) {
		const struct entry *entry = &tree->items[i];
		if (!entry->kept) {
			continue;
		}
		bool ok = entry->kind == ENTRY_LINK ? check_link(tree, entry, err)
						    : check_mode(entry, err);
		if (!ok) {
			return false;
		}
		files += entry->kind != ENTRY_FOLDER;
	}
	if (!check_needs(manifest, tree, err)) {
		return false;
	}
	long most = manifest->budget.files;
	return most < 0 || files <= most || fail(err, "%ld files: the budget is %ld", files, most);
}
