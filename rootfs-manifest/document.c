// SPDX-License-Identifier: MIT
#include "rootfs-manifest/document.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "rootfs-manifest/memory.h"

struct reader {
	yaml_parser_t yaml;
	const char *file;
	struct error *err;
	size_t nodes;
};

bool fail_at(struct error *err, struct place at, const char *format, ...)
{
	char text[sizeof(err->text)];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	return fail_input(err, "%s:%u:%u: %s", at.file, at.line, at.column, text);
}

static struct place place_of(const struct reader *reader, yaml_mark_t mark)
{
	return (struct place){reader->file, (unsigned)mark.line + 1, (unsigned)mark.column + 1};
}

static bool next_event(struct reader *reader, yaml_event_t *event)
{
	if (yaml_parser_parse(&reader->yaml, event)) {
		return true;
	}
	const char *problem = reader->yaml.problem;
	return fail_at(reader->err, place_of(reader, reader->yaml.problem_mark), "%s",
		problem != NULL ? problem : "not YAML");
}

static bool has_tag_or_anchor(const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL;
	case YAML_SEQUENCE_START_EVENT:
		return event->data.sequence_start.anchor != NULL ||
		       event->data.sequence_start.tag != NULL;
	case YAML_MAPPING_START_EVENT:
		return event->data.mapping_start.anchor != NULL ||
		       event->data.mapping_start.tag != NULL;
	default:
		return false;
	}
}

static struct node *add_child(struct node *parent)
{
	if ((parent->count & (parent->count - 1)) == 0) {
		size_t capacity = parent->count != 0 ? parent->count * 2 : 1;
		parent->children = mem_grow(parent->children, capacity, sizeof(*parent->children));
	}
	struct node *child = &parent->children[parent->count++];
	*child = (struct node){0};
	return child;
}

static bool read_node(
	struct reader *reader, const yaml_event_t *event, unsigned depth, struct node *node);

static bool read_children(struct reader *reader, unsigned depth, struct node *node);

static bool read_scalar(struct reader *reader, const yaml_event_t *event, struct node *node)
{
	const char *text = (const char *)event->data.scalar.value;
	if (strlen(text) != event->data.scalar.length) {
		return fail_at(reader->err, node->place, "a zero byte in the text");
	}
	node->kind = NODE_SCALAR;
	node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	node->text = mem_copy(text);
	return true;
}

static bool read_node(
	struct reader *reader, const yaml_event_t *event, unsigned depth, struct node *node)
{
	node->place = place_of(reader, event->start_mark);
	if (depth > DOCUMENT_DEPTH_MAX) {
		return fail_at(reader->err, node->place, "nested too deeply");
	}
	if (++reader->nodes > DOCUMENT_NODES_MAX) {
		return fail_at(reader->err, node->place, "too many values");
	}
	if (event->type == YAML_ALIAS_EVENT || has_tag_or_anchor(event)) {
		return fail_at(
			reader->err, node->place, "anchors, aliases and tags are not used here");
	}
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return read_scalar(reader, event, node);
	case YAML_SEQUENCE_START_EVENT:
		node->kind = NODE_SEQUENCE;
		return read_children(reader, depth, node);
	case YAML_MAPPING_START_EVENT:
		node->kind = NODE_MAPPING;
		return read_children(reader, depth, node);
	default:
		return fail_at(reader->err, node->place, "a value is missing");
	}
}

static bool read_key(struct reader *reader, const yaml_event_t *event, struct node *parent)
{
	struct place at = place_of(reader, event->start_mark);
	if (event->type != YAML_SCALAR_EVENT || has_tag_or_anchor(event)) {
		return fail_at(reader->err, at, "a key must be a plain word");
	}
	const char *key = (const char *)event->data.scalar.value;
	if (document_find(parent, key) != NULL) {
		return fail_at(reader->err, at, "duplicate key '%s'", key);
	}
	struct node *child = add_child(parent);
	child->key = mem_copy(key);
	child->key_place = at;
	return true;
}

static bool read_value(struct reader *reader, unsigned depth, struct node *child)
{
	yaml_event_t event;
	if (!next_event(reader, &event)) {
		return false;
	}
	bool ok = read_node(reader, &event, depth + 1, child);
	yaml_event_delete(&event);
	return ok;
}

static bool read_children(struct reader *reader, unsigned depth, struct node *node)
{
	yaml_event_t event;
	for (;;) {
		if (!next_event(reader, &event)) {
			return false;
		}
		if (event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT) {
			yaml_event_delete(&event);
			return true;
		}
		bool ok;
		if (node->kind == NODE_MAPPING) {
			ok = read_key(reader, &event, node) &&
			     read_value(reader, depth, &node->children[node->count - 1]);
		} else {
			ok = read_node(reader, &event, depth + 1, add_child(node));
		}
		yaml_event_delete(&event);
		if (!ok) {
			return false;
		}
	}
}

static bool expect(struct reader *reader, yaml_event_type_t type, const char *otherwise)
{
	yaml_event_t event;
	if (!next_event(reader, &event)) {
		return false;
	}
	bool ok = event.type == type ||
		  fail_at(reader->err, place_of(reader, event.start_mark), "%s", otherwise);
	yaml_event_delete(&event);
	return ok;
}

bool document_parse(
	const char *file, const char *text, size_t size, struct node *ret_root, struct error *err)
{
	if (size > DOCUMENT_SIZE_MAX) {
		return fail_input(err, "%s:1:1: larger than %d bytes", file, DOCUMENT_SIZE_MAX);
	}
	struct reader reader = {.file = file, .err = err};
	struct node root = {0};
	if (!yaml_parser_initialize(&reader.yaml)) {
		return fail(err, "%s: cannot start the YAML parser", file);
	}
	yaml_parser_set_input_string(&reader.yaml, (const unsigned char *)text, size);
	bool ok = expect(&reader, YAML_STREAM_START_EVENT, "not YAML") &&
		  expect(&reader, YAML_DOCUMENT_START_EVENT, "the file is empty") &&
		  read_value(&reader, 0, &root) &&
		  expect(&reader, YAML_DOCUMENT_END_EVENT, "the end was expected here") &&
		  expect(&reader, YAML_STREAM_END_EVENT, "a second document is not allowed");
	yaml_parser_delete(&reader.yaml);
	if (!ok) {
		document_finish(&root);
		return false;
	}
	*ret_root = root;
	return true;
}

void document_finish(struct node *root)
{
	for (size_t i = 0; i < root->count; i++) {
		document_finish(&root->children[i]);
	}
	free(root->children);
	free(root->text);
	free(root->key);
	*root = (struct node){0};
}

struct node *document_find(const struct node *mapping, const char *key)
{
	for (size_t i = 0; mapping->kind == NODE_MAPPING && i < mapping->count; i++) {
		if (strcmp(mapping->children[i].key, key) == 0) {
			return &mapping->children[i];
		}
	}
	return NULL;
}
