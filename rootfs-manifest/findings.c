// SPDX-License-Identifier: MIT
#include "rootfs-manifest/findings.h"

#include <json-c/json.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "rootfs-manifest/canonical.h"
#include "rootfs-manifest/member.h"

static const char *const words[] = {"ok", "failed", "skipped"};

void findings_add(struct findings *findings, const char *name, enum finding_state state,
	const char *format, ...)
{
	va_list args;
	char *text = NULL;
	va_start(args, format);
	if (vasprintf(&text, format, args) < 0) {
		text = NULL;
	}
	va_end(args);
	findings->items = mem_grow(findings->items, findings->count + 1, sizeof(*findings->items));
	findings->items[findings->count++] =
		(struct finding){.name = mem_copy(name), .state = state, .text = mem_need(text)};
}

bool findings_good(const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		if (findings->items[i].state == FINDING_FAILED) {
			return false;
		}
	}
	return true;
}

void findings_print(const struct findings *findings, struct buffer *out)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *it = &findings->items[i];
		buffer_print(out, "%-8s %s: %s\n", words[it->state], it->name, it->text);
	}
}

void findings_write(const struct findings *findings, const char *subject, struct buffer *out)
{
	struct json_object *root = json_object_new_object();
	struct json_object *checks = json_object_new_array();
	member_add_text(root, "subject", subject);
	json_object_object_add(root, "ok", json_object_new_boolean(findings_good(findings)));
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *it = &findings->items[i];
		struct json_object *object = json_object_new_object();
		member_add_text(object, "name", it->name);
		member_add_text(object, "state", words[it->state]);
		member_add_text(object, "text", it->text);
		json_object_array_add(checks, object);
	}
	json_object_object_add(root, "checks", checks);
	canonical_write(root, out);
	json_object_put(root);
}

void findings_finish(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		free(findings->items[i].name);
		free(findings->items[i].text);
	}
	free(findings->items);
	*findings = (struct findings){0};
}
