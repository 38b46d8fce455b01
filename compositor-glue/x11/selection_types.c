// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/selection_types.h"

#include <string.h>

#define TEXT_UTF8 "text/plain;charset=utf-8"
#define TEXT_PLAIN "text/plain"
#define TARGET_UTF8 "UTF8_STRING"
#define TARGET_LATIN1 "STRING"
#define TARGET_TEXT "TEXT" /* in any encoding that the owner likes */

static bool is_name(const char *name, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (name[i] < ' ' || name[i] > '~') {
			return false;
		}
	}
	return size > 0 && size < SELECTION_TYPE_SIZE;
}

static bool has(const struct selection_types *types, const char *name)
{
	for (uint32_t i = 0; i < types->count; i++) {
		if (strcmp(types->name[i], name) == 0) {
			return true;
		}
	}
	return false;
}

void selection_types_add(struct selection_types *types, const char *name, size_t size)
{
	char *slot = types->name[types->count];
	if (types->count == SELECTION_TYPES_MAX || !is_name(name, size)) {
		return;
	}
	memcpy(slot, name, size);
	slot[size] = '\0';
	if (!has(types, slot)) {
		types->count++;
	}
}

static bool is(const char *name, size_t size, const char *known)
{
	return size == strlen(known) && memcmp(name, known, size) == 0;
}

void selection_targets_add(struct selection_targets *targets, const char *name, size_t size)
{
	if (is(name, size, TARGET_UTF8)) {
		targets->utf8_string = true;
	} else if (is(name, size, TARGET_LATIN1)) {
		targets->string = true;
	} else if (memchr(name, '/', size) != NULL) {
		selection_types_add(&targets->mime, name, size);
	}
}

static bool has_text(const struct selection_targets *targets)
{
	return targets->utf8_string || targets->string || has(&targets->mime, TEXT_UTF8) ||
	       has(&targets->mime, TEXT_PLAIN);
}

void selection_targets_offer(const struct selection_targets *targets, struct selection_types *types)
{
	*types = (struct selection_types){0};
	if (has_text(targets)) {
		selection_types_add(types, TEXT_UTF8, strlen(TEXT_UTF8));
		selection_types_add(types, TEXT_PLAIN, strlen(TEXT_PLAIN));
	}
	for (uint32_t i = 0; i < targets->mime.count; i++) {
		selection_types_add(types, targets->mime.name[i], strlen(targets->mime.name[i]));
	}
}

static const char *text_target(const struct selection_targets *targets, bool *latin1)
{
	*latin1 = false;
	if (targets->utf8_string) {
		return TARGET_UTF8;
	}
	if (has(&targets->mime, TEXT_UTF8)) {
		return TEXT_UTF8;
	}
	*latin1 = targets->string;
	if (targets->string) {
		return TARGET_LATIN1;
	}
	return has(&targets->mime, TEXT_PLAIN) ? TEXT_PLAIN : NULL;
}

const char *selection_targets_for(
	const struct selection_targets *targets, const char *type, bool *latin1)
{
	*latin1 = false;
	if (strcmp(type, TEXT_UTF8) == 0) {
		return text_target(targets, latin1);
	}
	for (uint32_t i = 0; i < targets->mime.count; i++) {
		if (strcmp(targets->mime.name[i], type) == 0) {
			return targets->mime.name[i];
		}
	}
	return strcmp(type, TEXT_PLAIN) == 0 ? text_target(targets, latin1) : NULL;
}

/* Toolkits that know X11 offer its names to everybody; what they mean is UTF-8 all the same. */
static const char *text_type(const struct selection_types *types)
{
	static const char *const names[] = {
		TEXT_UTF8, TARGET_UTF8, TEXT_PLAIN, TARGET_TEXT, TARGET_LATIN1};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (has(types, names[i])) {
			return names[i];
		}
	}
	return NULL;
}

size_t selection_types_targets(
	const struct selection_types *types, struct selection_target targets[SELECTION_TARGETS_MAX])
{
	const char *text = text_type(types);
	size_t count = 0;
	if (text != NULL) {
		targets[count++] = (struct selection_target){TARGET_UTF8, text, false};
		targets[count++] = (struct selection_target){TEXT_UTF8, text, false};
		targets[count++] = (struct selection_target){TARGET_LATIN1, text, true};
		targets[count++] = (struct selection_target){TARGET_TEXT, text, false};
	}
	if (text != NULL && !has(types, TEXT_PLAIN)) {
		targets[count++] = (struct selection_target){TEXT_PLAIN, text, false};
	}
	for (uint32_t i = 0; i < types->count; i++) {
		const char *name = types->name[i];
		if (strchr(name, '/') != NULL && strcmp(name, TEXT_UTF8) != 0) {
			targets[count++] = (struct selection_target){name, name, false};
		}
	}
	return count;
}
