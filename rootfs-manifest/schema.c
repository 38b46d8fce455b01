// SPDX-License-Identifier: MIT
#include "rootfs-manifest/schema.h"

#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/strings.h"

struct source {
	struct error *err;
	bool partial; // required keys of the mapping itself may be missing
};

static bool fail_type(struct source *source, const struct node *node, const char *wanted)
{
	if (node->key != NULL) {
		return fail_at(source->err, node->key_place, "'%s' must be %s", node->key, wanted);
	}
	return fail_at(source->err, node->place, "this must be %s", wanted);
}

static bool is_choice(const struct field *field, const char *text)
{
	for (const char *const *it = field->choices; *it != NULL; it++) {
		if (strcmp(*it, text) == 0) {
			return true;
		}
	}
	return false;
}

static bool fail_choice(struct source *source, const struct field *field, const struct node *node)
{
	struct buffer known = {0};
	for (const char *const *it = field->choices; *it != NULL; it++) {
		buffer_print(&known, "%s'%s'", it != field->choices ? ", " : "", *it);
	}
	fail_at(source->err, node->place, "'%s' is none of %s", node->text, known.data);
	buffer_finish(&known);
	return false;
}

static bool check_text(struct source *source, const struct field *field, const struct node *node)
{
	if (node->kind != NODE_SCALAR || (node->plain && node->text[0] == '\0')) {
		return fail_type(source, node, "a text");
	}
	if (field->choices != NULL && !is_choice(field, node->text)) {
		return fail_choice(source, field, node);
	}
	const char *problem = field->problem != NULL ? field->problem(node->text) : NULL;
	if (problem != NULL) {
		return fail_at(source->err, node->place, "'%s': %s", node->text, problem);
	}
	return true;
}

static bool read_texts(
	struct source *source, const struct field *field, const struct node *node, void *member)
{
	if (node->kind != NODE_SEQUENCE) {
		return fail_type(source, node, "a list");
	}
	for (size_t i = 0; i < node->count; i++) {
		if (!check_text(source, field, &node->children[i])) {
			return false;
		}
		strings_add(member, node->children[i].text);
	}
	return true;
}

static bool read_number(struct source *source, const struct field *field, const struct node *node,
	int base, long most, const char *wanted, long *ret)
{
	const char *digits = base == 8 ? "01234567" : "0123456789";
	// Eighteen digits fit into a long, so strtol cannot overflow.
	if (node->kind != NODE_SCALAR || node->text[0] == '\0' || strlen(node->text) > 18 ||
		node->text[strspn(node->text, digits)] != '\0') {
		return fail_type(source, node, wanted);
	}
	long value = strtol(node->text, NULL, base);
	if (value > most) {
		return fail_at(source->err, node->place, "'%s' is too large", field->key);
	}
	*ret = value;
	return true;
}

static bool read_record(
	struct source *source, const struct schema *schema, const struct node *node, char *out);

static bool read_records(struct source *source, const struct field *field, const struct node *node,
	struct records *records)
{
	if (node->kind != NODE_SEQUENCE) {
		return fail_type(source, node, "a list");
	}
	struct source whole = {source->err, .partial = false};
	records->items = mem_alloc(node->count * field->schema->size);
	for (size_t i = 0; i < node->count; i++) {
		char *item = (char *)records->items + i * field->schema->size;
		records->count++;
		if (!read_record(&whole, field->schema, &node->children[i], item)) {
			return false;
		}
	}
	return true;
}

static bool read_field(
	struct source *source, const struct field *field, const struct node *node, char *out)
{
	void *member = out + field->offset;
	switch (field->type) {
	case FIELD_TEXT:
		if (!check_text(source, field, node)) {
			return false;
		}
		*(char **)member = mem_copy(node->text);
		return true;
	case FIELD_TEXTS:
		return read_texts(source, field, node, member);
	case FIELD_NUMBER:
		return read_number(source, field, node, 10, field->most, "a number", member);
	case FIELD_MODE:
		return read_number(
			source, field, node, 8, 01777, "an octal mode such as 0644", member);
	case FIELD_RECORD:
		return read_record(source, field->schema, node, member);
	case FIELD_RECORDS:
		return read_records(source, field, node, member);
	}
	return false;
}

const struct field *schema_find(const struct schema *schema, const char *key)
{
	for (size_t i = 0; i < schema->count; i++) {
		if (strcmp(schema->fields[i].key, key) == 0) {
			return &schema->fields[i];
		}
	}
	return NULL;
}

static void set_absent(const struct schema *schema, char *out)
{
	for (size_t i = 0; i < schema->count; i++) {
		const struct field *field = &schema->fields[i];
		if (field->type == FIELD_NUMBER || field->type == FIELD_MODE) {
			*(long *)(void *)(out + field->offset) = field->absent;
		} else if (field->type == FIELD_RECORD) {
			set_absent(field->schema, out + field->offset);
		}
	}
}

static bool check_required(
	struct source *source, const struct schema *schema, const struct node *node)
{
	for (size_t i = 0; i < schema->count; i++) {
		const char *key = schema->fields[i].key;
		if (schema->fields[i].required && document_find(node, key) == NULL) {
			return fail_at(source->err, node->place, "key '%s' is missing", key);
		}
	}
	return true;
}

static bool read_keys(
	struct source *source, const struct schema *schema, const struct node *node, char *out)
{
	for (size_t i = 0; i < node->count; i++) {
		const struct node *child = &node->children[i];
		const struct field *field = schema_find(schema, child->key);
		if (field == NULL) {
			return fail_at(
				source->err, child->key_place, "unknown key '%s'", child->key);
		}
		if (!read_field(source, field, child, out)) {
			return false;
		}
	}
	return source->partial || check_required(source, schema, node);
}

static bool read_record(
	struct source *source, const struct schema *schema, const struct node *node, char *out)
{
	set_absent(schema, out);
	if (schema->place >= 0) {
		*(struct place *)(void *)(out + schema->place) = node->place;
	}
	if (schema->shorthand && node->kind == NODE_SCALAR) {
		return read_field(source, &schema->fields[0], node, out);
	}
	if (node->kind != NODE_MAPPING) {
		return fail_type(source, node, "a mapping");
	}
	return read_keys(source, schema, node, out);
}

bool schema_read(const struct schema *schema, const struct node *node, void *out, struct error *err)
{
	struct source source = {err, .partial = false};
	return read_record(&source, schema, node, out);
}

bool schema_check_part(const struct schema *schema, const struct node *node, struct error *err)
{
	struct source source = {err, .partial = true};
	void *scratch = mem_alloc(schema->size);
	bool ok = read_record(&source, schema, node, scratch);
	schema_finish(schema, scratch);
	free(scratch);
	return ok;
}

static void finish_records(const struct schema *schema, struct records *records)
{
	for (size_t i = 0; i < records->count; i++) {
		schema_finish(schema, (char *)records->items + i * schema->size);
	}
	free(records->items);
}

void schema_finish(const struct schema *schema, void *out)
{
	for (size_t i = 0; i < schema->count; i++) {
		const struct field *field = &schema->fields[i];
		void *member = (char *)out + field->offset;
		switch (field->type) {
		case FIELD_TEXT:
			free(*(char **)member);
			break;
		case FIELD_TEXTS:
			strings_finish(member);
			break;
		case FIELD_RECORD:
			schema_finish(field->schema, member);
			break;
		case FIELD_RECORDS:
			finish_records(field->schema, member);
			break;
		case FIELD_NUMBER:
		case FIELD_MODE:
			break;
		}
	}
}
