// SPDX-License-Identifier: MIT
#include "rootfs-manifest/merge.h"

#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/memory.h"

/* What an item of a list is called: its text, or its first key's. NULL where it has neither. */
static const char *name_of(const struct schema *schema, const struct node *item)
{
	if (item->kind == NODE_SCALAR) {
		return item->text;
	}
	if (schema == NULL || item->kind != NODE_MAPPING) {
		return NULL;
	}
	const struct node *first = document_find(item, schema->fields[0].key);
	return first != NULL && first->kind == NODE_SCALAR ? first->text : NULL;
}

static struct node *find_item(
	const struct schema *schema, const struct node *list, size_t count, const char *name)
{
	for (size_t i = 0; name != NULL && i < count; i++) {
		const char *other = name_of(schema, &list->children[i]);
		if (other != NULL && strcmp(other, name) == 0) {
			return &list->children[i];
		}
	}
	return NULL;
}

static void replace(struct node *old, struct node *new)
{
	document_finish(old);
	*old = *new;
	*new = (struct node){0};
}

static void append(struct node *parent, struct node *child)
{
	parent->children = mem_grow(parent->children, parent->count + 1, sizeof(*parent->children));
	parent->children[parent->count++] = *child;
	*child = (struct node){0};
}

/* Only items below are replaced: one that is twice in the same list stays there twice, to be seen.
 */
static void merge_lists(const struct schema *schema, struct node *base, struct node *over)
{
	size_t below = base->count;
	for (size_t i = 0; i < over->count; i++) {
		struct node *item = &over->children[i];
		struct node *old = find_item(schema, base, below, name_of(schema, item));
		if (old != NULL) {
			replace(old, item);
		} else {
			append(base, item);
		}
	}
}

static void merge_values(const struct field *field, struct node *base, struct node *over)
{
	bool lists = base->kind == NODE_SEQUENCE && over->kind == NODE_SEQUENCE;
	bool mappings = base->kind == NODE_MAPPING && over->kind == NODE_MAPPING;
	enum field_type type = field != NULL ? field->type : FIELD_TEXT;
	if (lists && (type == FIELD_TEXTS || type == FIELD_RECORDS)) {
		merge_lists(field->schema, base, over);
	} else if (mappings && type == FIELD_RECORD) {
		merge_over(field->schema, base, over);
	} else {
		replace(base, over);
	}
}

void merge_over(const struct schema *schema, struct node *base, struct node *over)
{
	for (size_t i = 0; i < over->count; i++) {
		struct node *child = &over->children[i];
		struct node *old = document_find(base, child->key);
		if (old != NULL) {
			merge_values(schema_find(schema, child->key), old, child);
		} else {
			append(base, child);
		}
	}
	// Children that were moved away are empty by now.
	document_finish(over);
}

static bool check_names(const struct node *list, struct error *err)
{
	if (list->kind != NODE_SEQUENCE) {
		return fail_at(err, list->key_place, "'%s' must be a list", list->key);
	}
	for (size_t i = 0; i < list->count; i++) {
		if (list->children[i].kind != NODE_SCALAR) {
			return fail_at(err, list->children[i].place, "this must be a text");
		}
	}
	return true;
}

bool merge_check_without(const struct schema *schema, const struct node *without, struct error *err)
{
	if (without->kind != NODE_MAPPING) {
		return fail_at(err, without->key_place, "'%s' must be a mapping", without->key);
	}
	for (size_t i = 0; i < without->count; i++) {
		const struct node *child = &without->children[i];
		const struct field *field = schema_find(schema, child->key);
		if (field == NULL) {
			return fail_at(err, child->key_place, "unknown key '%s'", child->key);
		}
		bool list = field->type == FIELD_TEXTS || field->type == FIELD_RECORDS;
		if (!list && field->type != FIELD_RECORD) {
			return fail_at(err, child->key_place, "'%s' is no list to take out of",
				child->key);
		}
		if (list ? !check_names(child, err)
			 : !merge_check_without(field->schema, child, err)) {
			return false;
		}
	}
	return true;
}

static bool take_out(
	const struct schema *schema, struct node *list, const struct node *names, struct error *err)
{
	for (size_t i = 0; i < names->count; i++) {
		const char *name = names->children[i].text;
		size_t count = list != NULL && list->kind == NODE_SEQUENCE ? list->count : 0;
		struct node *item = find_item(schema, list, count, name);
		if (item == NULL) {
			return fail_at(err, names->children[i].place,
				"there is no '%s' to take out", name);
		}
		document_finish(item);
		size_t after = (size_t)(list->children + count - (item + 1));
		memmove(item, item + 1, after * sizeof(*item));
		list->count--;
	}
	return true;
}

static bool take_all_out(const struct schema *schema, struct node *base, const struct node *without,
	struct error *err)
{
	for (size_t i = 0; i < without->count; i++) {
		const struct node *child = &without->children[i];
		const struct field *field = schema_find(schema, child->key);
		struct node nothing = {.kind = NODE_MAPPING};
		struct node *target = document_find(base, child->key);
		bool ok = field->type == FIELD_RECORD
				  ? take_all_out(field->schema, target != NULL ? target : &nothing,
					    child, err)
				  : take_out(field->schema, target, child, err);
		if (!ok) {
			return false;
		}
	}
	return true;
}

bool merge_without(const struct schema *schema, struct node *base, const struct node *without,
	struct error *err)
{
	return merge_check_without(schema, without, err) &&
	       take_all_out(schema, base, without, err);
}
