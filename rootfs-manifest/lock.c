// SPDX-License-Identifier: MIT
#include "rootfs-manifest/lock.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/canonical.h"
#include "rootfs-manifest/rules.h"

#define PACKAGE_SIZE_MAX (2L * 1024 * 1024 * 1024)
#define JSON_DEPTH_MAX 8

struct member {
	const char *key;
	size_t offset;
	const char *(*problem)(const char *text);
};

static const char *any_text(const char *text)
{
	return text[0] != '\0' && strpbrk(text, "\n\r\t ") == NULL ? NULL : "empty or with spaces";
}

// The texts of a package; sha256 and size are apart, because they are no pointers.
static const struct member members[] = {
	{"name", offsetof(struct package, name), rule_package},
	{"version", offsetof(struct package, version), any_text},
	{"arch", offsetof(struct package, arch), rule_arch},
	{"archive", offsetof(struct package, archive), rule_archive},
	{"repository", offsetof(struct package, repository), rule_word},
	{"path", offsetof(struct package, path), rule_pattern},
	{"source", offsetof(struct package, source), rule_package},
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

static void set_text(struct json_object *object, const char *key, const char *text)
{
	json_object_object_add(object, key, json_object_new_string(text));
}

static struct json_object *package_to_json(const struct package *package)
{
	struct json_object *object = json_object_new_object();
	for (size_t i = 0; i < MEMBERS; i++) {
		set_text(object, members[i].key, text_in(package, i));
	}
	set_text(object, "sha256", package->sha256);
	json_object_object_add(object, "size", json_object_new_int64(package->size));
	return object;
}

void lock_write(const struct lock *lock, struct buffer *out)
{
	struct json_object *root = json_object_new_object();
	struct json_object *inputs = json_object_new_object();
	struct json_object *packages = json_object_new_array();
	json_object_object_add(root, "format", json_object_new_int(LOCK_FORMAT));
	set_text(root, "name", lock->name);
	set_text(root, "arch", lock->arch);
	set_text(inputs, "choices", lock->choices);
	if (lock->replaces[0] != '\0') {
		set_text(inputs, "replaces", lock->replaces);
	}
	json_object_object_add(root, "inputs", inputs);
	for (size_t i = 0; i < lock->count; i++) {
		json_object_array_add(packages, package_to_json(&lock->packages[i]));
	}
	json_object_object_add(root, "packages", packages);
	canonical_write(root, out);
	json_object_put(root);
}

static bool get_text(const char *file, struct json_object *object, const char *key,
	const char *(*problem)(const char *), const char **ret, struct error *err)
{
	struct json_object *value = json_object_object_get(object, key);
	if (!json_object_is_type(value, json_type_string)) {
		return fail_input(err, "%s: '%s' is missing or not a text", file, key);
	}
	const char *text = json_object_get_string(value);
	const char *wrong = problem(text);
	if (wrong != NULL || strlen(text) != (size_t)json_object_get_string_len(value)) {
		return fail_input(err, "%s: '%s': '%s' is not right: %s", file, key, text,
			wrong != NULL ? wrong : "a zero byte in it");
	}
	*ret = text;
	return true;
}

static bool get_digest(const char *file, struct json_object *object, const char *key,
	char ret[static DIGEST_SIZE], struct error *err)
{
	const char *text;
	if (!get_text(file, object, key, rule_sha256, &text, err)) {
		return false;
	}
	memcpy(ret, text, DIGEST_SIZE);
	return true;
}

/* The texts found still belong to the JSON. */
static bool read_package(
	const char *file, struct json_object *object, struct package *package, struct error *err)
{
	for (size_t i = 0; i < MEMBERS; i++) {
		const char *text;
		if (!get_text(file, object, members[i].key, members[i].problem, &text, err)) {
			return false;
		}
		*text_of(package, i) = text;
	}
	struct json_object *size = json_object_object_get(object, "size");
	package->size = json_object_get_int64(size);
	if (!json_object_is_type(size, json_type_int) || package->size <= 0 ||
		package->size > PACKAGE_SIZE_MAX) {
		return fail_input(err, "%s: size of package %s is not right", file, package->name);
	}
	if (json_object_object_length(object) != (int)MEMBERS + 2) {
		return fail_input(err, "%s: unknown key in package %s", file, package->name);
	}
	return get_digest(file, object, "sha256", package->sha256, err);
}

static bool read_packages(
	const char *file, struct json_object *array, struct lock *lock, struct error *err)
{
	if (!json_object_is_type(array, json_type_array) ||
		json_object_array_length(array) > LOCK_PACKAGES_MAX) {
		return fail_input(err, "%s: 'packages' is missing, not a list or too long", file);
	}
	for (size_t i = 0; i < json_object_array_length(array); i++) {
		struct json_object *object = json_object_array_get_idx(array, i);
		struct package package = {0};
		if (!json_object_is_type(object, json_type_object)) {
			return fail_input(err, "%s: package %zu is not an object", file, i);
		}
		if (!read_package(file, object, &package, err)) {
			return false;
		}
		if (i != 0 && strcmp(lock->packages[i - 1].name, package.name) >= 0) {
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
	if (!get_text(file, root, "name", rule_word, &name, err) ||
		!get_text(file, root, "arch", rule_arch, &arch, err)) {
		return false;
	}
	lock->name = mem_copy(name);
	lock->arch = mem_copy(arch);
	struct json_object *inputs = json_object_object_get(root, "inputs");
	if (!json_object_is_type(inputs, json_type_object)) {
		return fail_input(err, "%s: 'inputs' is missing", file);
	}
	if (!get_digest(file, inputs, "choices", lock->choices, err)) {
		return false;
	}
	if (json_object_object_get(inputs, "replaces") != NULL &&
		!get_digest(file, inputs, "replaces", lock->replaces, err)) {
		return false;
	}
	return read_packages(file, json_object_object_get(root, "packages"), lock, err);
}

bool lock_parse(
	const char *file, const char *text, size_t size, struct lock *ret_lock, struct error *err)
{
	if (size > LOCK_SIZE_MAX) {
		return fail_input(err, "%s: larger than %d bytes", file, LOCK_SIZE_MAX);
	}
	struct json_tokener *tokener = json_tokener_new_ex(JSON_DEPTH_MAX);
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
	struct json_object *root = json_tokener_parse_ex(tokener, text, (int)size);
	enum json_tokener_error problem = json_tokener_get_error(tokener);
	json_tokener_free(tokener);
	if (problem != json_tokener_success || !json_object_is_type(root, json_type_object)) {
		json_object_put(root);
		return fail_input(err, "%s: not a JSON object: %s", file,
			problem != json_tokener_success ? json_tokener_error_desc(problem)
							: "it is something else");
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
