// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/hints.h"

#include <string.h>

enum {
	FLAGS = 0,
	MIN = 5,
	MAX = 7,
	BASE = 15,
	WORDS_OLD = 15, /* before there was a base size */
	POSITION_BY_USER = 1 << 0,
	POSITION_BY_PROGRAM = 1 << 2,
	HAS_MIN = 1 << 4,
	HAS_MAX = 1 << 5,
	HAS_BASE = 1 << 8,
};

enum {
	WM_INPUT = 1,
	WM_INITIAL_STATE = 2,
	HAS_INPUT = 1 << 0,
	HAS_INITIAL_STATE = 1 << 1,
	STATE_ICONIC = 3,
};

enum {
	MOTIF_DECORATIONS = 2,
	HAS_DECORATIONS = 1 << 1,
};

static int32_t length(uint32_t word)
{
	return word <= INT32_MAX ? (int32_t)word : 0;
}

struct size_hints hints_sizes(const uint32_t *words, size_t count)
{
	struct size_hints hints = {0};
	if (count < WORDS_OLD) {
		return hints;
	}
	uint32_t flags = words[FLAGS];
	hints.wants_position = (flags & (POSITION_BY_USER | POSITION_BY_PROGRAM)) != 0;
	if ((flags & HAS_MIN) != 0) {
		hints.min_width = length(words[MIN]);
		hints.min_height = length(words[MIN + 1]);
	} else if ((flags & HAS_BASE) != 0 && count >= HINTS_SIZES_WORDS) {
		hints.min_width = length(words[BASE]);
		hints.min_height = length(words[BASE + 1]);
	}
	if ((flags & HAS_MAX) != 0) {
		hints.max_width = length(words[MAX]);
		hints.max_height = length(words[MAX + 1]);
	}
	return hints;
}

struct wm_hints hints_wm(const uint32_t *words, size_t count)
{
	struct wm_hints hints = {.takes_input = true};
	if (count > WM_INITIAL_STATE) {
		uint32_t flags = words[FLAGS];
		hints.takes_input = (flags & HAS_INPUT) == 0 || words[WM_INPUT] != 0;
		hints.starts_minimized =
			(flags & HAS_INITIAL_STATE) != 0 && words[WM_INITIAL_STATE] == STATE_ICONIC;
	}
	return hints;
}

bool hints_decorated(const uint32_t *words, size_t count)
{
	return count <= MOTIF_DECORATIONS || (words[FLAGS] & HAS_DECORATIONS) == 0 ||
	       words[MOTIF_DECORATIONS] != 0;
}

static void copy(char name[HINTS_CLASS_MAX + 1], const char *text, size_t size)
{
	size_t used = strnlen(text, size);
	used = used < HINTS_CLASS_MAX ? used : HINTS_CLASS_MAX;
	memcpy(name, text, used);
	name[used] = '\0';
}

void hints_class(char class[HINTS_CLASS_MAX + 1], const char *text, size_t size)
{
	size_t name = strnlen(text, size), begin = name + 1;
	if (begin >= size || text[begin] == '\0') {
		begin = 0;
	}
	copy(class, text + begin, size - begin);
}

void hints_instance(char instance[HINTS_CLASS_MAX + 1], const char *text, size_t size)
{
	copy(instance, text, size);
}
