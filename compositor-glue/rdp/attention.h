// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_ATTENTION_H
#define COMPOSITOR_GLUE_RDP_ATTENTION_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Whether a window got the client's focus. PURE.
 *
 * FreeRDP's X11 client does not say so, but a window that gets the focus reports where it is, as
 * one does that was moved. So a report that has nothing to report, of a window that was left alone,
 * says it. What it was told it reports, too, when its X server has carried that out, and maybe
 * twice.
 */

/* While a window is new it is mapped, placed and given the focus, in any order. */
#define ATTENTION_NEW_MS 2000
/* Reports that come so soon after one another have one reason. */
#define ATTENTION_ECHO_MS 150
/* What it was told is not reported while no window of the client's has the focus. */
#define ATTENTION_UNHEARD_MS 3000

struct attention {
	int64_t begun;
	int64_t last; /* when it reported or was told something */
	bool awaited; /* that it reports what it was told */
};

void attention_begin(struct attention *attention, int64_t now);
void attention_told(struct attention *attention, int64_t now);

/* The client reports the window, moved or not: true when that means that it got the focus. */
bool attention_reported(struct attention *attention, bool moved, int64_t now);

#endif
