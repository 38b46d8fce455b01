// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_MAPPING_H
#define COMPOSITOR_GLUE_RDP_MAPPING_H

#include <stdbool.h>
#include <stdint.h>

/*
 * When a window that appears on the client may be painted. PURE; times in milliseconds.
 *
 * FreeRDP's X11 client (3.32.1) notes what is painted before its window is on the screen, and makes
 * up for it when the X server says that it is. Doing so it takes the lock of its graphics while it
 * holds the one of its display; its graphics thread takes them the other way round, and every now
 * and then both wait for ever. So nothing is painted to a window that it may not have mapped yet.
 * It does not say when it has: it reports where the window is, at about that time.
 */

/* After the report. */
#define MAPPING_REPORTED_MS 20
/* No window manager takes part in mapping a popup, and none is reported. */
#define MAPPING_POPUP_MS 30
/* When no report comes: the window is where the server put it. */
#define MAPPING_SILENT_MS 150

struct mapping {
	int64_t paint_at;
	bool awaited; /* a report may bring paint_at forward */
};

/* The window was told to appear; without a report that takes so long. 0: it is there at once. */
void mapping_begin(struct mapping *mapping, int64_t now, int64_t silent_ms);

/* The client reported where the window is. */
void mapping_reported(struct mapping *mapping, int64_t now);

/* True when the window may be painted; else *due is when to ask again. */
bool mapping_ready(const struct mapping *mapping, int64_t now, int64_t *due);

#endif
