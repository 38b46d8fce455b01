// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_MONITORS_H
#define COMPOSITOR_GLUE_RDP_MONITORS_H

#include "compositor-glue/rdp/rect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The client's monitors, made fit for the compositor. PURE. */

#define MONITORS_LIMIT 16
#define MONITOR_SIZE_LEAST 200 /* MS-RDPEDISP 2.2.2.2.1 */
#define MONITOR_SIZE_LIMIT 8192
#define MONITOR_SCALE_ONE 120 /* 120ths, as in fractional-scale-v1 */

struct monitor {
	struct rect area;
	struct rect work; /* what task bars leave free; empty: not known, all of it */
	uint32_t scale;
};

struct monitor_set {
	struct monitor list[MONITORS_LIMIT]; /* the primary one first */
	size_t count;
};

/* False when there are too many. The scale is in percent, out of range means 100. */
bool monitors_add(struct monitor_set *set, const struct rect *area, uint32_t percent, bool primary);

/* Moves the origin to the primary monitor. */
void monitors_finish(struct monitor_set *set);

struct rect monitors_bounds(const struct monitor_set *set);

/* The client's work area on the monitor where it is, cut to that. False when nothing is left. */
bool monitors_set_work(struct monitor_set *set, const struct rect *work);

/* The monitor on which the area's middle is; the primary one when there is none. */
size_t monitors_at(const struct monitor_set *set, const struct rect *area);

#endif
