// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_COMPOSE_H
#define ROOTFS_MANIFEST_COMPOSE_H

#include <stdbool.h>

#include "rootfs-manifest/document.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/schema.h"
#include "rootfs-manifest/strings.h"

#define COMPOSE_DEPTH_MAX 8
#define COMPOSE_DOCUMENTS_MAX 32

/*
 * Makes one document of several: what is included, then what is taken out with `without`, then the
 * document itself, then its parts for this architecture and variant. Those four keys are gone from
 * the result.
 */
struct compose {
	const struct schema *schema; // of a whole document
	const struct schema *part; // of what per-architecture and variants may hold
	const char *arch;
	const char *variant; // NULL: none

	/* Gives a document's text. */
	bool (*read)(void *data, const char *path, struct buffer *ret_text, struct error *err);
	void *data;

	struct strings files; // out: what was read; places in the result point there
	bool has_variant; // out: whether any document has this variant
};

bool compose(struct compose *compose, const char *path, struct node *ret_root, struct error *err);

#endif
