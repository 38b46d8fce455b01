// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_DOCUMENT_H
#define ROOTFS_MANIFEST_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/error.h"

#define DOCUMENT_SIZE_MAX (1024 * 1024)
#define DOCUMENT_DEPTH_MAX 8
#define DOCUMENT_NODES_MAX 65536

/* Where something stands in a file, counted from 1. */
struct place {
	unsigned line;
	unsigned column;
};

enum node_kind {
	NODE_SCALAR,
	NODE_SEQUENCE,
	NODE_MAPPING,
};

/*
 * The part of YAML that a manifest may use: mappings, sequences and scalars. Anchors, aliases,
 * tags, duplicate keys and a second document are errors.
 */
struct node {
	enum node_kind kind;
	struct place place;
	bool plain; // a scalar without quotes

	char *text; // scalar
	char *key; // name in the mapping this node is in, or NULL
	struct place key_place;

	struct node *children; // mapping and sequence
	size_t count;
};

/* An error's text starts with file:line:column. */
bool document_parse(
	const char *file, const char *text, size_t size, struct node *ret_root, struct error *err);
void document_finish(struct node *root);

#endif
