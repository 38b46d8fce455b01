// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/placement.h"

static int32_t clamp(int32_t value, int32_t low, int32_t high)
{
	// low wins: the top left corner matters more than the bottom right one
	if (value > high) {
		value = high;
	}
	return value < low ? low : value;
}

static struct rect inside(struct rect area, struct rect window)
{
	window.x = clamp(window.x, area.x, area.x + area.width - window.width);
	window.y = clamp(window.y, area.y, area.y + area.height - window.height);
	return window;
}

struct rect placement_cascade(struct rect work_area, int32_t width, int32_t height, uint32_t nth)
{
	int32_t room_x = work_area.width - width, room_y = work_area.height - height;
	int32_t steps_x = room_x / PLACEMENT_STEP, steps_y = room_y / PLACEMENT_STEP;
	int32_t steps = steps_x < steps_y ? steps_x : steps_y;
	int32_t step = steps > 0 ? (int32_t)(nth % (uint32_t)steps) + 1 : 0;
	struct rect window = {work_area.x + step * PLACEMENT_STEP,
		work_area.y + step * PLACEMENT_STEP, width, height};
	return inside(work_area, window);
}

struct rect placement_centre(
	struct rect parent, struct rect work_area, int32_t width, int32_t height)
{
	struct rect window = {parent.x + (parent.width - width) / 2,
		parent.y + (parent.height - height) / 2, width, height};
	return inside(work_area, window);
}

struct rect placement_reachable(const struct monitors *monitors, struct rect window)
{
	struct rect grip = {window.x, window.y, window.width, PLACEMENT_REACH};
	int32_t need = window.width < PLACEMENT_REACH ? window.width : PLACEMENT_REACH;
	for (uint32_t i = 0; i < monitors->count; i++) {
		struct rect area = monitors->monitor[i].work_area;
		struct rect seen = rect_intersect(grip, area);
		if (seen.width >= need && window.y >= area.y) {
			return window;
		}
	}
	const struct monitor *nearest =
		monitors_nearest(monitors, window.x + window.width / 2, window.y);
	return nearest != 0 ? inside(nearest->work_area, window) : window;
}
