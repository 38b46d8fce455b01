// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_KEYBOARD_LAYOUT_H
#define COMPOSITOR_GLUE_RDP_KEYBOARD_LAYOUT_H

#include <stddef.h>
#include <stdint.h>

/* A Windows keyboard layout in xkeyboard-config's names. PURE. */
struct keyboard_layout {
	uint32_t id; /* Windows' layout identifier (KLID), as in the client core data */
	const char *layout;
	const char *variant; /* "" for the layout's own */
};

/*
 * The layout by its identifier; else the plain layout of the language in its low word, as it is
 * where that language is named first; else NULL: nobody gets an American keyboard without having
 * asked for it.
 */
const struct keyboard_layout *keyboard_layout_find(uint32_t id);

/* The whole table, for tests. */
const struct keyboard_layout *keyboard_layout_table(size_t *count);

#endif
