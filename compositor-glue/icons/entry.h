// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_ICONS_ENTRY_H
#define COMPOSITOR_GLUE_ICONS_ENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "compositor-glue/protocol/sill-icons-v1.h"

/* What a .desktop file says of its application, and which one belongs to a window. PURE. */

#define ENTRY_SIZE_MAX (256 * 1024) /* bytes of a file; longer ones are passed over */
#define ENTRY_ICON_MAX 1024 /* bytes of Icon=, which may be a path */
#define ENTRY_ID_MAX 256

struct entry {
	bool is_application; // and not one that was taken back by Hidden=
	char icon[ENTRY_ICON_MAX];
	char window_class[SILL_ICONS_NAME_SIZE]; // StartupWMClass=
	unsigned bad_line; // the first that could not be read; 0: none
};

void entry_parse(struct entry *entry, const char *text, size_t size);

/*
 * How well the entry whose desktop file ID, without ".desktop", is `id` suits a window: the smaller
 * the better, ENTRY_SUITS_NOT at most.
 */
#define ENTRY_SUITS_NOT 9
int entry_suits(
	const struct entry *entry, const char *id, const struct sill_icons_request *request);

#endif
