// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_HINTS_H
#define COMPOSITOR_GLUE_X11_HINTS_H

#include <stddef.h>
#include <stdint.h>

/* What applications write into properties of their windows. PURE. */

#define HINTS_CLASS_MAX 256 /* bytes, without the NUL */

struct size_hints {
	int32_t min_width, min_height, max_width, max_height; /* 0: no limit */
};

/* Of WM_NORMAL_HINTS (ICCCM 4.1.2.3). */
struct size_hints hints_sizes(const uint32_t *words, size_t count);

/* The class in WM_CLASS, or the name where there is no class. */
void hints_class(char class[HINTS_CLASS_MAX + 1], const char *text, size_t length);
/* The name, which comes before it. */
void hints_instance(char instance[HINTS_CLASS_MAX + 1], const char *text, size_t length);

#endif
