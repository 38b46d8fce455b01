// SPDX-License-Identifier: MIT
#include "rootfs-manifest/tree.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/memory.h"

static void entry_finish(struct entry *entry)
{
	free(entry->path);
	free(entry->target);
	free(entry->origin);
	free(entry->content);
}

void tree_add(struct tree *tree, struct entry entry)
{
	if ((tree->count & (tree->count - 1)) == 0) {
		size_t capacity = tree->count != 0 ? tree->count * 2 : 1;
		tree->items = mem_grow(tree->items, capacity, sizeof(*tree->items));
	}
	entry.order = tree->count;
	tree->items[tree->count++] = entry;
}

static int compare(const void *a, const void *b)
{
	const struct entry *left = a, *right = b;
	int order = strcmp(left->path, right->path);
	return order != 0 ? order : (left->order > right->order) - (left->order < right->order);
}

void tree_sort(struct tree *tree)
{
	if (tree->count == 0) {
		return;
	}
	qsort(tree->items, tree->count, sizeof(*tree->items), compare);
	size_t kept = 0;
	for (size_t i = 1; i < tree->count; i++) {
		if (strcmp(tree->items[kept].path, tree->items[i].path) == 0) {
			entry_finish(&tree->items[kept]);
		} else {
			kept++;
		}
		if (kept != i) {
			tree->items[kept] = tree->items[i];
		}
	}
	// The count may only shrink to what tree_add's growth rule allows for: a new array does.
	size_t count = kept + 1;
	size_t capacity = 1;
	while (capacity < count) {
		capacity *= 2;
	}
	tree->items = mem_grow(tree->items, capacity, sizeof(*tree->items));
	tree->count = count;
	for (size_t i = 0; i < count; i++) {
		tree->items[i].order = i;
	}
}

static char *read_target(const char *path)
{
	char target[PATH_MAX];
	ssize_t size = readlink(path, target, sizeof(target));
	return size > 0 && (size_t)size < sizeof(target) ? mem_print("%.*s", (int)size, target)
							 : NULL;
}

/* A walk over one folder. */
struct scan {
	struct tree *tree;
	size_t skip; // of each path
};

static bool scan_one(void *data, FTS *walk, FTSENT *found, struct error *err)
{
	struct scan *scan = data;
	const char *path = found->fts_path + scan->skip;
	(void)walk;
	const struct stat *st = found->fts_statp;
	struct entry entry = {.mode = (st->st_mode & 0111) != 0 ? 0755 : 0644};
	if (S_ISDIR(st->st_mode)) {
		entry.kind = ENTRY_FOLDER;
	} else if (S_ISLNK(st->st_mode)) {
		entry.kind = ENTRY_LINK;
		entry.target = read_target(found->fts_path);
		if (entry.target == NULL) {
			return fail(err, "%s: cannot be read", found->fts_path);
		}
	} else if (S_ISREG(st->st_mode)) {
		entry.kind = ENTRY_FILE;
		entry.size = (size_t)st->st_size;
		entry.origin = mem_copy(found->fts_path);
	} else {
		return fail(err, "%s: neither file, folder nor link", found->fts_path);
	}
	entry.path = mem_copy(path);
	tree_add(scan->tree, entry);
	return true;
}

bool tree_scan(struct tree *tree, const char *folder, struct error *err)
{
	struct scan scan = {tree, strlen(folder) + 1};
	return disk_walk(folder, 0, scan_one, &scan, err);
}

static int compare_path(const void *path, const void *entry)
{
	return strcmp(path, ((const struct entry *)entry)->path);
}

struct entry *tree_find(const struct tree *tree, const char *path)
{
	if (tree->count == 0) {
		return NULL;
	}
	return bsearch(path, tree->items, tree->count, sizeof(*tree->items), compare_path);
}

/* A path on its way: what was followed already, and what is still to be. */
struct walk {
	struct tree *tree;
	bool keep;
	unsigned links;
	char done[PATH_MAX];
	char rest[PATH_MAX];
};

static bool push(struct walk *walk, const char *part, size_t size)
{
	size_t used = strlen(walk->done);
	if (used + size + 2 > sizeof(walk->done)) {
		return false;
	}
	if (used != 0) {
		walk->done[used++] = '/';
	}
	memcpy(walk->done + used, part, size);
	walk->done[used + size] = '\0';
	return true;
}

static void pop(struct walk *walk)
{
	char *slash = strrchr(walk->done, '/');
	*(slash != NULL ? slash : walk->done) = '\0';
}

/* The link's target takes its place in front of the rest. */
static bool take_link(struct walk *walk, struct entry *link, const char *rest)
{
	char longer[PATH_MAX];
	int size = snprintf(longer, sizeof(longer), "%s/%s", link->target, rest);
	if (size < 0 || (size_t)size >= sizeof(longer) || ++walk->links > TREE_LINKS_MAX) {
		return false;
	}
	link->kept = link->kept || walk->keep;
	if (link->target[0] == '/') {
		walk->done[0] = '\0';
	} else {
		pop(walk);
	}
	memcpy(walk->rest, longer, (size_t)size + 1);
	return true;
}

/* One component; `to_the_end` also follows a link that is the last. */
static bool step(struct walk *walk, bool to_the_end)
{
	const char *part = walk->rest + strspn(walk->rest, "/");
	size_t size = strcspn(part, "/");
	const char *rest = part + size + strspn(part + size, "/");
	bool dot = size == 1 && part[0] == '.';
	bool up = size == 2 && strncmp(part, "..", 2) == 0;
	if (up) {
		pop(walk);
	} else if (size != 0 && !dot) {
		if (!push(walk, part, size)) {
			return false;
		}
		struct entry *entry = tree_find(walk->tree, walk->done);
		if (entry != NULL && entry->kind == ENTRY_LINK && (to_the_end || *rest != '\0')) {
			return take_link(walk, entry, rest);
		}
	}
	memmove(walk->rest, rest, strlen(rest) + 1);
	return true;
}

static bool walk_path(struct walk *walk, const char *path, bool to_the_end)
{
	if (strlen(path) >= sizeof(walk->rest)) {
		return false;
	}
	walk->done[0] = '\0';
	memcpy(walk->rest, path, strlen(path) + 1);
	while (walk->rest[strspn(walk->rest, "/")] != '\0') {
		if (!step(walk, to_the_end)) {
			return false;
		}
	}
	return true;
}

struct entry *tree_follow(struct tree *tree, const char *path, bool keep)
{
	struct walk walk = {.tree = tree};
	if (!walk_path(&walk, path, true)) {
		return NULL;
	}
	struct entry *entry = tree_find(tree, walk.done);
	if (entry != NULL && keep) {
		// A second time, now that it is known to lead somewhere.
		walk = (struct walk){.tree = tree, .keep = true};
		walk_path(&walk, path, true);
		entry->kept = true;
	}
	return entry;
}

char *tree_canonical(struct tree *tree, const char *path)
{
	struct walk walk = {.tree = tree};
	return walk_path(&walk, path, false) ? mem_copy(walk.done) : mem_copy(path);
}

void tree_finish(struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++) {
		entry_finish(&tree->items[i]);
	}
	free(tree->items);
	*tree = (struct tree){0};
}
