// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_LOSS_H
#define COMPOSITOR_GLUE_RDP_LOSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What FreeRDP's X11 client loses, and when it is shown again. PURE; times in milliseconds.
 *
 * The client draws a window once and ignores what the X server tells it of parts that got lost:
 * what was drawn before the window was on the screen, was beyond the screen, or was cleared by the
 * window manager while the window was moved or got another size, whoever wanted that. What it
 * reports has happened, so after the last report once is enough. Without the focus it reports
 * nothing: then nothing says when its X server and window manager are done, which takes long on a
 * busy machine.
 */

enum loss_kind {
	LOSS_NONE,
	LOSS_APPEARS, /* the window manager is about to put the window on the screen */
	LOSS_APPEARED, /* the client reported where it is */
	LOSS_APPEARS_LATE, /* the same on a machine that is very busy */
	LOSS_POPUP, /* the window appears, and no window manager takes part in that */
	LOSS_CHANGES, /* its place, size or state */
	LOSS_CHANGED, /* the client reported that */
};

#define LOSS_NEVER INT64_MAX

struct loss {
	enum loss_kind kind;
	int64_t since;
	size_t shown; /* how often since */
};

/* Takes the place of what was expected before. */
void loss_expect(struct loss *loss, enum loss_kind kind, int64_t now);

/* When the window must be shown again; LOSS_NEVER when that is over. */
int64_t loss_due(const struct loss *loss);

/* True when that is now: it will be due at another time after this. */
bool loss_take(struct loss *loss, int64_t now);

#endif
