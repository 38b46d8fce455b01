// SPDX-License-Identifier: MIT
#include "rootfs-manifest/lock.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/canonical.h"
#include "rootfs-manifest/member.h"
#include "rootfs-manifest/rules.h"

#define PACKAGE_SIZE_MAX (2L * 1024 * 1024 * 1024)

struct member {
	const char *key;
	size_t offset;
	const char *(*problem)(const char *text);
};

static const char *any_text(const char *text)
{
	return text[0] != '\0' && strpbrk(text, "\n\r\t ") == NULL ? NULL : "empty or with spaces";
}

static const char *one_line(const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		if ((unsigned char)*at < ' ' || *at == 0x7f) {
			return "not one line";
		}
	}
	return strlen(text) <= LOCK_LICENCE_MAX ? NULL : "too long";
}

// The texts of a package; sha256 and size are apart, because they are no pointers.
static const struct member members[] = {
	{"name", offsetof(struct package, name), rule_package},
	{"version", offsetof(struct package, version), any_text},
	{"arch", offsetof(struct package, arch), rule_package_arch},
	{"repository", offsetof(struct package, repository), rule_word},
	{"path", offsetof(struct package, path), rule_url_path},
	{"source", offsetof(struct package, source), rule_package},
	{"licence", offsetof(struct package, licence), one_line},
};
#define MEMBERS (sizeof(members) / sizeof(members[0]))

static const char **text_of(struct package *package, size_t i)
{
	return (const char **)(void *)((char *)package + members[i].offset);
}

static const char *text_in(const struct package *package, size_t i)
{
	return *(const char *const *)(const void *)((const char *)package + members[i].offset);
}

void lock_add(struct lock *lock, const struct package *package)
{
	if ((lock->count & (lock->count - 1)) == 0) {
		size_t capacity = lock->count != 0 ? lock->count * 2 : 1;
		lock->packages = mem_grow(lock->packages, capacity, sizeof(*lock->packages));
	}
	struct package *copy = &lock->packages[lock->count++];
	*copy = *package;
	for (size_t i = 0; i < MEMBERS; i++) {
		*text_of(copy, i) = mem_copy(text_in(package, i));
	}
}

static int compare(const void *a, const void *b)
{
	const struct package *left = a, *right = b;
	return strcmp(left->name, right->name);
}

void lock_sort(struct lock *lock)
{
	if (lock->count != 0) {
		qsort(lock->packages, lock->count, sizeof(*lock->packages), compare);
	}
}

static int compare_name(const void *name, const void *package)
{
	return strcmp(name, ((const struct package *)package)->name);
}

struct package *lock_find(const struct lock *lock, const char *name)
{
	return lock->count == 0 ? NULL
				: bsearch(name, lock->packages, lock->count,
					  sizeof(*lock->packages), compare_name);
}

static struct json_object *package_to_json(const struct package *package)
{
	struct json_object *object = json_object_new_object();
	for (size_t i = 0; i < MEMBERS; i++) {
		member_add_text(object, members[i].key, text_in(package, i));
	}
	member_add_text(object, "sha256", package->sha256);
	member_add_number(object, "size", package->size);
	json_object_object_add(object, "wanted", json_object_new_boolean(package->wanted));
	struct json_object *needed_by = json_object_new_array();
	for (size_t i = 0; i < package->needed_by.count; i++) {
		json_object_array_add(
			needed_by, json_object_new_string(package->needed_by.items[i]));
	}
	json_object_object_add(object, "needed_by", needed_by);
	return object;
}

void lock_write(const struct lock *lock, struct buffer *out)
{
	struct json_object *root = json_object_new_object();
	struct json_object *inputs = json_object_new_object();
	struct json_object *packages = json_object_new_array();
	member_add_number(root, "format", LOCK_FORMAT);
	member_add_text(root, "name", lock->name);
	member_add_text(root, "arch", lock->arch);
	member_add_text(inputs, "choices", lock->choices);
	if (lock->replaces[0] != '\0') {
		member_add_text(inputs, "replaces", lock->replaces);
	}
	json_object_object_add(root, "inputs", inputs);
	for (size_t i = 0; i < lock->count; i++) {
		json_object_array_add(packages, package_to_json(&lock->packages[i]));
	}
	json_object_object_add(root, "packages", packages);
	canonical_write(root, out);
	json_object_put(root);
}

/* Who needs it: names in order, each once. */
static bool read_needed_by(
	const char *file, struct json_object *object, struct package *package, struct error *err)
{
	struct json_object *array = json_object_object_get(object, "needed_by");
	bool ok = json_object_is_type(array, json_type_array) &&
		  json_object_array_length(array) <= LOCK_PACKAGES_MAX;
	for (size_t i = 0; ok && i < json_object_array_length(array); i++) {
		struct json_object *name = json_object_array_get_idx(array, i);
		const char *text = json_object_get_string(name);
		ok = json_object_is_type(name, json_type_string) && rule_package(text) == NULL &&
		     strlen(text) == (size_t)json_object_get_string_len(name) &&
		     (i == 0 || strcmp(package->needed_by.items[i - 1], text) < 0);
		if (ok) {
			strings_add(&package->needed_by, text);
		}
	}
	struct json_object *wanted = json_object_object_get(object, "wanted");
	package->wanted = json_object_get_boolean(wanted);
	return (ok && json_object_is_type(wanted, json_type_boolean)) ||
	       fail_input(err, "%s: who wants package %s is not right", file, package->name);
}

/* The texts found still belong to the JSON. */
static bool read_package(
	const char *file, struct json_object *object, struct package *package, struct error *err)
{
	for (size_t i = 0; i < MEMBERS; i++) {
		const char *text;
		if (!member_text(file, object, members[i].key, members[i].problem, &text, err)) {
			return false;
		}
		*text_of(package, i) = text;
	}
	if (!member_number(file, object, "size", PACKAGE_SIZE_MAX, &package->size, err)) {
		return false;
	}
	if (package->size == 0) {
		return fail_input(err, "%s: package %s is empty", file, package->name);
	}
	if (json_object_object_length(object) != (int)MEMBERS + 4) {
		return fail_input(err, "%s: unknown key in package %s", file, package->name);
	}
	return member_digest(file, object, "sha256", package->sha256, err) &&
	       read_needed_by(file, object, package, err);
}

static bool read_packages(
	const char *file, struct json_object *root, struct lock *lock, struct error *err)
{
	struct json_object *array;
	if (!member_list(file, root, "packages", LOCK_PACKAGES_MAX, &array, err)) {
		return false;
	}
	for (size_t i = 0; i < json_object_array_length(array); i++) {
		struct json_object *object = json_object_array_get_idx(array, i);
		struct package package = {0};
		if (!read_package(file, object, &package, err)) {
			strings_finish(&package.needed_by);
			return false;
		}
		if (i != 0 && strcmp(lock->packages[i - 1].name, package.name) >= 0) {
			strings_finish(&package.needed_by);
			return fail_input(
				err, "%s: package %s is not in order", file, package.name);
		}
		lock_add(lock, &package);
	}
	return true;
}

static bool read_lock(
	const char *file, struct json_object *root, struct lock *lock, struct error *err)
{
	const char *name;
	const char *arch;
	struct json_object *format = json_object_object_get(root, "format");
	if (!json_object_is_type(format, json_type_int) ||
		json_object_get_int(format) != LOCK_FORMAT) {
		return fail_input(err, "%s: not a lock of format %d", file, LOCK_FORMAT);
	}
	if (!member_text(file, root, "name", rule_word, &name, err) ||
		!member_text(file, root, "arch", rule_arch, &arch, err)) {
		return false;
	}
	lock->name = mem_copy(name);
	lock->arch = mem_copy(arch);
	struct json_object *inputs = json_object_object_get(root, "inputs");
	if (!json_object_is_type(inputs, json_type_object)) {
		return fail_input(err, "%s: 'inputs' is missing", file);
	}
	if (!member_digest(file, inputs, "choices", lock->choices, err)) {
		return false;
	}
	if (member_exists(inputs, "replaces") &&
		!member_digest(file, inputs, "replaces", lock->replaces, err)) {
		return false;
	}
	return read_packages(file, root, lock, err);
}

bool lock_parse(
	const char *file, const char *text, size_t size, struct lock *ret_lock, struct error *err)
{
	if (size > LOCK_SIZE_MAX) {
		return fail_input(err, "%s: larger than %d bytes", file, LOCK_SIZE_MAX);
	}
	struct json_object *root = member_document(file, text, size, err);
	if (root == NULL) {
		return false;
	}
	struct lock lock = {0};
	bool ok = read_lock(file, root, &lock, err);
	json_object_put(root);
	if (!ok) {
		lock_finish(&lock);
		return false;
	}
	*ret_lock = lock;
	return true;
}

void lock_finish(struct lock *lock)
{
	for (size_t i = 0; i < lock->count; i++) {
		for (size_t member = 0; member < MEMBERS; member++) {
			free((char *)*text_of(&lock->packages[i], member));
		}
		strings_finish(&lock->packages[i].needed_by);
	}
	free(lock->packages);
	free(lock->name);
	free(lock->arch);
	*lock = (struct lock){0};
}

static int compare_heads(const struct lock *before, size_t b, const struct lock *after, size_t a)
{
	if (b == before->count) {
		return 1;
	}
	return a == after->count ? -1 : strcmp(before->packages[b].name, after->packages[a].name);
}

void lock_describe_changes(const struct lock *before, const struct lock *after, struct buffer *out)
{
	size_t b = 0, a = 0;
	while (b < before->count || a < after->count) {
		int order = compare_heads(before, b, after, a);
		const struct package *old = order <= 0 ? &before->packages[b++] : NULL;
		const struct package *new = order >= 0 ? &after->packages[a++] : NULL;
		if (old == NULL) {
			buffer_print(out, "%s (none) -> %s\n", new->name, new->version);
		} else if (new == NULL) {
			buffer_print(out, "%s %s -> (none)\n", old->name, old->version);
		} else if (strcmp(old->sha256, new->sha256) != 0) {
			buffer_print(out, "%s %s -> %s\n", old->name, old->version, new->version);
		}
	}
}
