// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_DOCUMENT_H
#define ROOTFS_MANIFEST_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/error.h"

#define DOCUMENT_SIZE_MAX (1024 * 1024)
#define DOCUMENT_DEPTH_MAX 8
#define DOCUMENT_NODES_MAX 65536

/* Where something stands, lines and columns counted from 1. The file's name is the reader's. */
struct place {
	const char *file;
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

/* An error's text starts with file:line:column. `file` must outlive the nodes. */
bool document_parse(
	const char *file, const char *text, size_t size, struct node *ret_root, struct error *err);
void document_finish(struct node *root);

/* The child of a mapping with this key, or NULL. */
struct node *document_find(const struct node *mapping, const char *key);

/* The input is wrong at this place; the place is put in front. */
bool fail_at(struct error *err, struct place at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
