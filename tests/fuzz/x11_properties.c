// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "compositor-glue/x11/hints.h"
#include "compositor-glue/x11/latin1.h"
#include "compositor-glue/x11/picture.h"
#include "compositor-glue/x11/selection_types.h"
#include "compositor-glue/x11/title.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void square(const struct picture *picture)
{
	uint32_t side = picture_side(picture);
	uint32_t *pixels = malloc((size_t)side * side * sizeof(*pixels));
	if (side == 0 || side > PICTURE_SIDE_MAX || pixels == NULL) {
		abort();
	}
	picture_square(pixels, picture);
	free(pixels);
}

static bool is_told(const struct selection_types *types, const char *name)
{
	for (uint32_t i = 0; i < types->count; i++) {
		if (strcmp(types->name[i], name) == 0) {
			return true;
		}
	}
	return false;
}

/* What an application says it can give is what it is asked for. */
static void ask(const struct selection_targets *targets)
{
	struct selection_types types;
	bool latin1;
	selection_targets_offer(targets, &types);
	for (uint32_t i = 0; i < types.count; i++) {
		if (selection_targets_for(targets, types.name[i], &latin1) == NULL) {
			abort();
		}
	}
}

/* What others have is what X11 applications are told to ask for. */
static void offer(const struct selection_types *types)
{
	struct selection_target targets[SELECTION_TARGETS_MAX];
	size_t count = selection_types_targets(types, targets);
	for (size_t i = 0; i < count; i++) {
		if (!is_told(types, targets[i].type)) {
			abort();
		}
	}
}

/* The names of a selection's targets, each with the NUL behind it. */
static void select_targets(const char *text, size_t size)
{
	struct selection_targets targets = {0};
	struct selection_types types = {0};
	while (size > 0) {
		size_t length = strnlen(text, size), used = length < size ? length + 1 : length;
		selection_targets_add(&targets, text, length);
		selection_types_add(&types, text, length);
		text += used;
		size -= used;
	}
	ask(&targets);
	offer(&types);
}

/* As text in either encoding, and there and back. */
static void convert(const uint8_t *text, size_t size)
{
	struct latin1_reader reader = {0};
	uint8_t *utf8 = malloc(2 * size + 1), *latin1 = malloc(size + 1);
	if (utf8 == NULL || latin1 == NULL ||
		latin1_from_utf8(&reader, latin1, text, size) > size) {
		abort();
	}
	size_t count = latin1_to_utf8(utf8, text, size);
	reader = (struct latin1_reader){0};
	if (latin1_from_utf8(&reader, utf8, utf8, count) != size || memcmp(utf8, text, size) != 0) {
		abort();
	}
	free(utf8);
	free(latin1);
}

/* The input as each of the properties that X11 applications write. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char class[HINTS_CLASS_MAX + 1];
	static char title[TITLE_MAX + 1];
	struct picture picture;
	size_t count = size / sizeof(uint32_t);
	uint32_t *words = malloc(size + 1);
	if (words == NULL) {
		return 0;
	}
	memcpy(words, data, size);
	hints_class(class, (const char *)words, size);
	hints_instance(class, (const char *)words, size);
	struct size_hints hints = hints_sizes(words, count);
	if (hints.min_width < 0 || hints.min_height < 0 || hints.max_width < 0 ||
		hints.max_height < 0) {
		abort();
	}
	hints_wm(words, count);
	hints_decorated(words, count);
	title_from_utf8(title, (const char *)words, size);
	title_from_latin1(title, (const char *)words, size);
	select_targets((const char *)words, size);
	convert(data, size);
	if (picture_choose(&picture, words, count)) {
		square(&picture);
	}
	free(words);
	return 0;
}
