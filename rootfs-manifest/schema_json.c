// SPDX-License-Identifier: MIT
#include "rootfs-manifest/schema_json.h"

#include <json-c/json.h>
#include <limits.h>

#include "rootfs-manifest/manifest_schema.h"

static void set(struct json_object *object, const char *key, const char *text)
{
	json_object_object_add(object, key, json_object_new_string(text));
}

static struct json_object *of_type(const char *type)
{
	struct json_object *object = json_object_new_object();
	set(object, "type", type);
	return object;
}

static struct json_object *text_schema(const struct field *field)
{
	struct json_object *object = of_type("string");
	if (field->choices != NULL) {
		struct json_object *choices = json_object_new_array();
		for (const char *const *it = field->choices; *it != NULL; it++) {
			json_object_array_add(choices, json_object_new_string(*it));
		}
		json_object_object_add(object, "enum", choices);
	}
	return object;
}

static struct json_object *list_of(struct json_object *items)
{
	struct json_object *object = of_type("array");
	json_object_object_add(object, "items", items);
	return object;
}

static struct json_object *either(struct json_object *one, struct json_object *other)
{
	struct json_object *object = json_object_new_object();
	struct json_object *array = json_object_new_array();
	json_object_array_add(array, one);
	json_object_array_add(array, other);
	json_object_object_add(object, "anyOf", array);
	return object;
}

static struct json_object *number_schema(const struct field *field)
{
	struct json_object *object = of_type("integer");
	json_object_object_add(object, "minimum", json_object_new_int(0));
	if (field->most != LONG_MAX) {
		json_object_object_add(object, "maximum", json_object_new_int64(field->most));
	}
	return object;
}

/* A mode is octal digits; without quotes an editor takes them for a number. */
static struct json_object *mode_schema(void)
{
	struct json_object *text = of_type("string");
	set(text, "pattern", "^[0-7]+$");
	return either(text, of_type("integer"));
}

static struct json_object *record_schema(const struct schema *schema, bool is_item);

static struct json_object *field_schema(const struct field *field)
{
	switch (field->type) {
	case FIELD_TEXT:
		return text_schema(field);
	case FIELD_TEXTS:
		return list_of(text_schema(field));
	case FIELD_NUMBER:
		return number_schema(field);
	case FIELD_MODE:
		return mode_schema();
	case FIELD_RECORD:
		return record_schema(field->schema, false);
	case FIELD_RECORDS: {
		struct json_object *item = record_schema(field->schema, true);
		return list_of(field->schema->shorthand
				       ? either(text_schema(&field->schema->fields[0]), item)
				       : item);
	}
	}
	return NULL;
}

/* What is required outside of lists may come from a manifest that is included. */
static struct json_object *record_schema(const struct schema *schema, bool is_item)
{
	struct json_object *object = of_type("object");
	struct json_object *properties = json_object_new_object();
	struct json_object *required = json_object_new_array();
	for (size_t i = 0; i < schema->count; i++) {
		const struct field *field = &schema->fields[i];
		json_object_object_add(properties, field->key, field_schema(field));
		if (field->required && is_item) {
			json_object_array_add(required, json_object_new_string(field->key));
		}
	}
	json_object_object_add(object, "properties", properties);
	json_object_object_add(object, "additionalProperties", json_object_new_boolean(false));
	json_object_object_add(object, "required", required);
	return object;
}

/* What is taken out: the lists of a part, by name. */
static struct json_object *without_schema(const struct schema *schema)
{
	struct json_object *object = of_type("object");
	struct json_object *properties = json_object_new_object();
	for (size_t i = 0; i < schema->count; i++) {
		const struct field *field = &schema->fields[i];
		if (field->type == FIELD_TEXTS || field->type == FIELD_RECORDS) {
			json_object_object_add(properties, field->key, list_of(of_type("string")));
		} else if (field->type == FIELD_RECORD) {
			json_object_object_add(
				properties, field->key, without_schema(field->schema));
		}
	}
	json_object_object_add(object, "properties", properties);
	json_object_object_add(object, "additionalProperties", json_object_new_boolean(false));
	return object;
}

static struct json_object *parts_schema(void)
{
	struct json_object *object = of_type("object");
	struct json_object *part = record_schema(&manifest_part_schema, false);
	json_object_object_add(json_object_object_get(part, "properties"), "without",
		without_schema(&manifest_part_schema));
	json_object_object_add(object, "additionalProperties", part);
	return object;
}

struct json_object *schema_json(void)
{
	struct json_object *root = record_schema(&manifest_schema, false);
	struct json_object *properties = json_object_object_get(root, "properties");
	set(root, "$schema", "https://json-schema.org/draft/2020-12/schema");
	set(root, "title", "sill-manifest(5)");
	// What compose() takes out before a manifest is read.
	json_object_object_add(properties, "include", list_of(of_type("string")));
	json_object_object_add(properties, "without", without_schema(&manifest_part_schema));
	json_object_object_add(properties, "per-architecture", parts_schema());
	json_object_object_add(properties, "variants", parts_schema());
	return root;
}
