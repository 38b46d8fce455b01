// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_TREE_H
#define ROOTFS_MANIFEST_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/error.h"

#define TREE_LINKS_MAX 40 // as the kernel follows at most

enum entry_kind {
	ENTRY_FOLDER,
	ENTRY_FILE,
	ENTRY_LINK,
};

/* Something in the image. Paths have no '/' in front. Texts are owned. */
struct entry {
	char *path;
	enum entry_kind kind;
	unsigned mode;
	char *target; // link: where it points
	char *origin; // file: where its bytes are now,
	char *content; // or the bytes themselves
	size_t size; // file
	const char *package; // whose it is, or NULL: not owned
	size_t order; // of two with the same path the later one stays
	bool kept;
};

struct tree {
	struct entry *items;
	size_t count;
};

/* Takes the entry's texts over. The tree must be sorted before anything is looked up. */
void tree_add(struct tree *tree, struct entry entry);
void tree_sort(struct tree *tree);

/* Adds everything below a folder of this machine; must be sorted afterwards. */
bool tree_scan(struct tree *tree, const char *folder, struct error *err);

/* The entry with exactly this path, or NULL. */
struct entry *tree_find(const struct tree *tree, const char *path);

/*
 * Follows the path as the kernel would inside the image. NULL where it leads nowhere. With `keep`
 * set the links on the way and what is found are marked as kept.
 */
struct entry *tree_follow(struct tree *tree, const char *path, bool keep);

/* The path with the links in its folders followed, but not the last component; to be freed. */
char *tree_canonical(struct tree *tree, const char *path);

void tree_finish(struct tree *tree);

#endif
