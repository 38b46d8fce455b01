// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/monitors.h"

#define OFFSET_LIMIT 32767

static int32_t clamp(int32_t value, int32_t low, int32_t high)
{
	return value < low ? low : value > high ? high : value;
}

bool monitors_add(struct monitor_set *set, const struct rect *area, uint32_t percent, bool primary)
{
	if (set->count == MONITORS_LIMIT) {
		return false;
	}
	struct monitor monitor = {
		.area =
			{
				clamp(area->x, -OFFSET_LIMIT, OFFSET_LIMIT),
				clamp(area->y, -OFFSET_LIMIT, OFFSET_LIMIT),
				clamp(area->width, MONITOR_SIZE_LEAST, MONITOR_SIZE_LIMIT),
				clamp(area->height, MONITOR_SIZE_LEAST, MONITOR_SIZE_LIMIT),
			},
		.scale = percent >= 100 && percent <= 500 ? percent * MONITOR_SCALE_ONE / 100
							  : MONITOR_SCALE_ONE,
	};
	set->list[set->count++] = monitor;
	if (primary) {
		set->list[set->count - 1] = set->list[0];
		set->list[0] = monitor;
	}
	return true;
}

void monitors_finish(struct monitor_set *set)
{
	struct rect primary = set->list[0].area;
	for (size_t i = 0; i < set->count; i++) {
		set->list[i].area.x -= primary.x;
		set->list[i].area.y -= primary.y;
	}
}

struct rect monitors_bounds(const struct monitor_set *set)
{
	int32_t left = 0, top = 0, right = 0, bottom = 0;
	for (size_t i = 0; i < set->count; i++) {
		const struct rect *area = &set->list[i].area;
		left = area->x < left ? area->x : left;
		top = area->y < top ? area->y : top;
		right = area->x + area->width > right ? area->x + area->width : right;
		bottom = area->y + area->height > bottom ? area->y + area->height : bottom;
	}
	return (struct rect){left, top, right - left, bottom - top};
}

size_t monitors_at(const struct monitor_set *set, const struct rect *area)
{
	int32_t x = area->x + area->width / 2;
	int32_t y = area->y + area->height / 2;
	for (size_t i = 0; i < set->count; i++) {
		const struct rect *monitor = &set->list[i].area;
		if (x >= monitor->x && x - monitor->x < monitor->width && y >= monitor->y &&
			y - monitor->y < monitor->height) {
			return i;
		}
	}
	return 0;
}

bool monitors_set_work(struct monitor_set *set, const struct rect *work)
{
	if (work->width <= 0 || work->height <= 0) {
		return false;
	}
	struct monitor *monitor = &set->list[monitors_at(set, work)];
	const struct rect *area = &monitor->area;
	int32_t left = clamp(work->x, area->x, area->x + area->width);
	int32_t top = clamp(work->y, area->y, area->y + area->height);
	int32_t right = clamp(work->x + work->width, area->x, area->x + area->width);
	int32_t bottom = clamp(work->y + work->height, area->y, area->y + area->height);
	if (left >= right || top >= bottom) {
		return false;
	}
	monitor->work = (struct rect){left, top, right - left, bottom - top};
	return true;
}
