// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_HINTS_H
#define COMPOSITOR_GLUE_X11_HINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What applications write into properties of their windows. PURE. */

#define HINTS_CLASS_MAX 256 /* bytes, without the NUL */
#define HINTS_SIZES_WORDS 18
#define HINTS_WM_WORDS 9
#define HINTS_MOTIF_WORDS 5

struct size_hints {
	int32_t min_width, min_height, max_width, max_height; /* 0: no limit */
	bool wants_position;
};

struct wm_hints {
	bool takes_input; // the window manager gives it the keyboard
	bool starts_minimized;
};

/* Of WM_NORMAL_HINTS (ICCCM 4.1.2.3). */
struct size_hints hints_sizes(const uint32_t *words, size_t count);
/* Of WM_HINTS (ICCCM 4.1.2.4). */
struct wm_hints hints_wm(const uint32_t *words, size_t count);
/* Of _MOTIF_WM_HINTS: whether the window is to have a frame. */
bool hints_decorated(const uint32_t *words, size_t count);

/* The class in WM_CLASS, or the name where there is no class. */
void hints_class(char class[HINTS_CLASS_MAX + 1], const char *text, size_t length);
/* The name, which comes before it. */
void hints_instance(char instance[HINTS_CLASS_MAX + 1], const char *text, size_t length);

#endif
