// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "compositor-glue/x11/hints.h"
#include "compositor-glue/x11/picture.h"
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
	if (picture_choose(&picture, words, count)) {
		square(&picture);
	}
	free(words);
	return 0;
}
