// SPDX-License-Identifier: MIT
#include "rootfs-manifest/compose.h"

#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/base.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/merge.h"
#include "rootfs-manifest/rules.h"

/* A document under way and who included it. */
struct level {
	const struct level *above;
	const char *path;
	struct place from; // where it was included
	unsigned depth;
};

static bool compose_level(struct compose *compose, const struct level *level, struct node *ret_root,
	struct error *err);

/* Takes a key out of a mapping; the caller has it then. */
static bool take(struct node *mapping, const char *key, struct node *ret_child)
{
	struct node *child = document_find(mapping, key);
	if (child == NULL) {
		return false;
	}
	*ret_child = *child;
	size_t after = (size_t)(mapping->children + mapping->count - (child + 1));
	memmove(child, child + 1, after * sizeof(*child));
	mapping->count--;
	return true;
}

static bool include_one(struct compose *compose, const struct level *level, const struct node *name,
	struct node *base, struct error *err)
{
	if (name->kind != NODE_SCALAR || name->text[0] == '\0') {
		return fail_at(err, name->place, "this must be a text");
	}
	char *path = disk_beside(level->path, name->text);
	struct level below = {level, path, name->place, level->depth + 1};
	struct node root = {0};
	bool ok = compose_level(compose, &below, &root, err);
	if (ok) {
		merge_over(compose->schema, base, &root);
	}
	document_finish(&root);
	free(path);
	return ok;
}

static bool include_all(struct compose *compose, const struct level *level, struct node *own,
	struct node *base, struct error *err)
{
	struct node include;
	if (!take(own, "include", &include)) {
		return true;
	}
	bool ok = include.kind == NODE_SEQUENCE ||
		  fail_at(err, include.key_place, "'include' must be a list");
	for (size_t i = 0; ok && i < include.count; i++) {
		ok = include_one(compose, level, &include.children[i], base, err);
	}
	document_finish(&include);
	return ok;
}

static bool leave_out(
	struct compose *compose, struct node *own, struct node *base, struct error *err)
{
	struct node without;
	if (!take(own, "without", &without)) {
		return true;
	}
	bool ok = merge_without(compose->part, base, &without, err);
	document_finish(&without);
	return ok;
}

/* A part is checked whether it is used or not. */
static bool check_part(struct compose *compose, struct node *part, struct error *err)
{
	struct node without = {0};
	bool has_without = take(part, "without", &without);
	bool ok = !has_without || merge_check_without(compose->part, &without, err);
	document_finish(&without);
	return ok && schema_check_part(compose->part, part, err);
}

static bool use_part(
	struct compose *compose, struct node *part, struct node *base, struct error *err)
{
	if (part->kind != NODE_MAPPING) {
		return fail_at(err, part->key_place, "'%s' must be a mapping", part->key);
	}
	if (!leave_out(compose, part, base, err) || !check_part(compose, part, err)) {
		return false;
	}
	merge_over(compose->part, base, part);
	return true;
}

/* A document's parts for architectures or for variants. */
struct parts {
	const char *key;
	const char *(*problem)(const char *name);
	bool (*is_chosen)(struct compose *compose, const char *name);
};

static bool is_this_arch(struct compose *compose, const char *name)
{
	const char *machine = base_machine(name), *wanted = base_machine(compose->arch);
	return machine != NULL && wanted != NULL && strcmp(machine, wanted) == 0;
}

static bool is_this_variant(struct compose *compose, const char *name)
{
	bool found = compose->variant != NULL && strcmp(compose->variant, name) == 0;
	compose->has_variant |= found;
	return found;
}

static const struct parts kinds_of_parts[] = {
	{"per-architecture", rule_arch, is_this_arch},
	{"variants", rule_word, is_this_variant},
};
#define KINDS (sizeof(kinds_of_parts) / sizeof(kinds_of_parts[0]))

static bool use_parts(struct compose *compose, const struct parts *kind, struct node *parts,
	struct node *base, struct error *err)
{
	bool ok = parts->kind == NODE_MAPPING ||
		  fail_at(err, parts->key_place, "'%s' must be a mapping", kind->key);
	for (size_t i = 0; ok && i < parts->count; i++) {
		struct node *part = &parts->children[i];
		const char *wrong = kind->problem(part->key);
		if (wrong != NULL) {
			ok = fail_at(err, part->key_place, "'%s': %s", part->key, wrong);
		} else if (kind->is_chosen(compose, part->key)) {
			ok = use_part(compose, part, base, err);
		} else {
			ok = check_part(compose, part, err);
		}
	}
	return ok;
}

static bool lay_out(struct compose *compose, const struct level *level, struct node *own,
	struct node *base, struct error *err)
{
	struct node parts[KINDS] = {0};
	bool has[KINDS];
	if (!include_all(compose, level, own, base, err) || !leave_out(compose, own, base, err)) {
		return false;
	}
	// The parts lie above the document they are written in.
	for (size_t i = 0; i < KINDS; i++) {
		has[i] = take(own, kinds_of_parts[i].key, &parts[i]);
	}
	merge_over(compose->schema, base, own);
	bool ok = true;
	for (size_t i = 0; i < KINDS; i++) {
		ok = ok &&
		     (!has[i] || use_parts(compose, &kinds_of_parts[i], &parts[i], base, err));
		document_finish(&parts[i]);
	}
	return ok;
}

static bool check_level(const struct compose *compose, const struct level *level, struct error *err)
{
	for (const struct level *it = level->above; it != NULL; it = it->above) {
		if (strcmp(it->path, level->path) == 0) {
			return fail_at(err, level->from, "'%s' includes itself", level->path);
		}
	}
	if (level->depth > COMPOSE_DEPTH_MAX || compose->files.count >= COMPOSE_DOCUMENTS_MAX) {
		return fail_at(err, level->from, "too many documents are included");
	}
	return true;
}

static bool read_text(struct compose *compose, const struct level *level, struct buffer *ret_text,
	struct error *err)
{
	struct error why;
	if (compose->read(compose->data, level->path, ret_text, &why)) {
		return true;
	}
	*err = why;
	return level->above != NULL && fail_at(err, level->from, "%s", why.text);
}

static bool compose_level(struct compose *compose, const struct level *level, struct node *ret_root,
	struct error *err)
{
	struct buffer text;
	struct node own;
	if (!check_level(compose, level, err) || !read_text(compose, level, &text, err)) {
		return false;
	}
	strings_add(&compose->files, level->path);
	const char *file = compose->files.items[compose->files.count - 1];
	bool ok = document_parse(file, text.data != NULL ? text.data : "", text.size, &own, err);
	buffer_finish(&text);
	if (!ok) {
		return false;
	}
	if (own.kind != NODE_MAPPING) {
		ok = fail_at(err, own.place, "this must be a mapping");
		document_finish(&own);
		return ok;
	}
	struct node base = {.kind = NODE_MAPPING, .place = own.place};
	ok = lay_out(compose, level, &own, &base, err);
	document_finish(&own);
	if (!ok) {
		document_finish(&base);
		return false;
	}
	*ret_root = base;
	return true;
}

bool compose(struct compose *compose, const char *path, struct node *ret_root, struct error *err)
{
	struct level level = {.path = path};
	return compose_level(compose, &level, ret_root, err);
}
