// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_MONITORS_H
#define COMPOSITOR_GLUE_SHELL_MONITORS_H

#include <stdbool.h>
#include <stdint.h>

/* The client's monitors, as values. Pure: output.c makes Weston outputs of them. */

#define MONITORS_MAX 16
#define MONITOR_SIZE_MAX 32766
#define MONITOR_COORD_MAX 65535
#define MONITOR_SCALE_MIN 120
#define MONITOR_SCALE_MAX 600

struct rect {
	int32_t x, y, width, height;
};

struct monitor {
	struct rect area;
	struct rect work_area; // inside area
	uint32_t scale; // in 120ths
	uint32_t refresh; // mHz
};

struct monitors {
	uint32_t count;
	struct monitor monitor[MONITORS_MAX]; // 0 is the primary one
};

// What was described since the last commit; a set bit is a described monitor
struct monitors_pending {
	uint32_t described, with_work_area;
	struct monitor monitor[MONITORS_MAX];
};

bool rect_contains(struct rect rect, int32_t x, int32_t y);
struct rect rect_intersect(struct rect a, struct rect b); // width 0 if they do not meet

bool monitors_describe(struct monitors_pending *pending, uint32_t index, const struct monitor *m);
bool monitors_describe_work_area(
	struct monitors_pending *pending, uint32_t index, struct rect area);
// Closes gaps in the numbering and empties pending; false if no monitor was described
bool monitors_commit(struct monitors *monitors, struct monitors_pending *pending);
// The monitor the point is on, or else the nearest one
const struct monitor *monitors_nearest(const struct monitors *monitors, int32_t x, int32_t y);
// What to add to the client's coordinates so that no monitor has a negative one
void monitors_origin(const struct monitors *monitors, int32_t *x, int32_t *y);

#endif
