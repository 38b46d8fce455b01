// SPDX-License-Identifier: MIT
#include "rootfs-manifest/compare.h"

#include <string.h>

/* What is not the same of two things at one path, or NULL. */
static const char *differs(const struct content *before, const struct content *after, bool owners)
{
	if (before->kind != after->kind) {
		return "kind";
	}
	if (before->kind == ENTRY_FILE && strcmp(before->sha256, after->sha256) != 0) {
		return "content";
	}
	if (before->kind == ENTRY_LINK && strcmp(before->target, after->target) != 0) {
		return "target";
	}
	if (before->kind != ENTRY_LINK && before->mode != after->mode && !before->mounted &&
		!after->mounted) {
		return "mode";
	}
	bool same_owner = before->uid == after->uid && before->gid == after->gid;
	return owners && !same_owner && !after->mounted ? "owner" : NULL;
}

/* Which of two heads comes first: a list at its end comes after everything. */
static int compare_heads(const char *before, const char *after)
{
	if (before == NULL) {
		return 1;
	}
	return after == NULL ? -1 : strcmp(before, after);
}

void compare_contents(const struct contents *before, const struct contents *after, bool owners,
	compare_visit visit, void *data)
{
	size_t b = 0, a = 0;
	while (b < before->count || a < after->count) {
		const struct content *old = b < before->count ? &before->items[b] : NULL;
		const struct content *new = a < after->count ? &after->items[a] : NULL;
		int order = compare_heads(
			old != NULL ? old->path : NULL, new != NULL ? new->path : NULL);
		struct difference difference = {
			.before = order <= 0 ? old : NULL, .after = order >= 0 ? new : NULL};
		b += order <= 0;
		a += order >= 0;
		if (order == 0) {
			difference.change = CHANGE_MODIFIED;
			difference.what = differs(old, new, owners);
		} else {
			difference.change = order < 0 ? CHANGE_REMOVED : CHANGE_ADDED;
		}
		if (order != 0 || difference.what != NULL) {
			visit(&difference, data);
		}
	}
}

void compare_packages(const struct contents *before, const struct contents *after,
	compare_visit_package visit, void *data)
{
	size_t b = 0, a = 0;
	while (b < before->package_count || a < after->package_count) {
		const struct source_package *old =
			b < before->package_count ? &before->packages[b] : NULL;
		const struct source_package *new =
			a < after->package_count ? &after->packages[a] : NULL;
		int order = compare_heads(
			old != NULL ? old->name : NULL, new != NULL ? new->name : NULL);
		struct package_change change = {.name = order <= 0 ? old->name : new->name,
			.before = order <= 0 ? old->version : NULL,
			.after = order >= 0 ? new->version : NULL};
		b += order <= 0;
		a += order >= 0;
		if (order != 0 || strcmp(old->sha256, new->sha256) != 0) {
			visit(&change, data);
		}
	}
}
