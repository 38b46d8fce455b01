// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_SCHEMA_H
#define ROOTFS_MANIFEST_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/document.h"
#include "rootfs-manifest/error.h"

enum field_type {
	FIELD_TEXT, // char *, NULL when absent
	FIELD_TEXTS, // struct strings
	FIELD_NUMBER, // long, `absent` when absent
	FIELD_MODE, // long: octal permission bits, `absent` when absent
	FIELD_RECORD, // a struct of its own, in place
	FIELD_RECORDS, // struct records
};

struct records {
	void *items;
	size_t count;
};

struct schema;

struct field {
	const char *key;
	enum field_type type;
	size_t offset;
	bool required;
	long absent;
	long most; // FIELD_NUMBER: the largest value
	const struct schema *schema;
	/* NULL, or what is wrong with one text. */
	const char *(*problem)(const char *text);
	const char *const *choices; // NULL, or all that the text may be, with NULL behind them
};

/*
 * How a mapping becomes a C struct: each key a member. Unknown keys, wrong types and missing keys
 * are errors. Where `place` is not negative, a struct place there says where the mapping stood. A
 * `shorthand` schema takes a lone text for its first field.
 */
struct schema {
	const struct field *fields;
	size_t count;
	size_t size;
	int place;
	bool shorthand;
};

bool schema_read(
	const struct schema *schema, const struct node *node, void *out, struct error *err);
void schema_finish(const struct schema *schema, void *out);

/* Whether what is there is right, though required keys may be elsewhere. */
bool schema_check_part(const struct schema *schema, const struct node *node, struct error *err);

const struct field *schema_find(const struct schema *schema, const char *key);

#endif
