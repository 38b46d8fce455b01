// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_MEMBER_H
#define ROOTFS_MANIFEST_MEMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/digest.h"
#include "rootfs-manifest/error.h"

struct json_object;

/*
 * Members of JSON objects that were written by us and may have been changed by anybody. The texts
 * found belong to the object. What is missing or of another kind is an input error that names the
 * file and the key.
 */
struct json_object *member_document(
	const char *file, const char *text, size_t size, struct error *err);

/* `problem` may be NULL; otherwise it says what is wrong with a text, as in rules.h. */
bool member_text(const char *file, struct json_object *object, const char *key,
	const char *(*problem)(const char *text), const char **ret, struct error *err);
bool member_digest(const char *file, struct json_object *object, const char *key,
	char ret[static DIGEST_SIZE], struct error *err);
bool member_number(const char *file, struct json_object *object, const char *key, long most,
	long *ret, struct error *err);
/* An array of objects with at most this many. */
bool member_list(const char *file, struct json_object *object, const char *key, size_t most,
	struct json_object **ret, struct error *err);
bool member_exists(struct json_object *object, const char *key);

/* For writing them. */
void member_add_text(struct json_object *object, const char *key, const char *text);
void member_add_number(struct json_object *object, const char *key, long number);

#endif
