// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/monitors.h"

#include <stddef.h>

static int32_t min(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static int32_t max(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

bool rect_contains(struct rect rect, int32_t x, int32_t y)
{
	return x >= rect.x && y >= rect.y && x - rect.x < rect.width && y - rect.y < rect.height;
}

struct rect rect_intersect(struct rect a, struct rect b)
{
	int32_t x1 = max(a.x, b.x), y1 = max(a.y, b.y);
	int32_t x2 = min(a.x + a.width, b.x + b.width), y2 = min(a.y + a.height, b.y + b.height);
	if (x2 <= x1 || y2 <= y1) {
		return (struct rect){0};
	}
	return (struct rect){x1, y1, x2 - x1, y2 - y1};
}

static bool coord_ok(int32_t c)
{
	return c >= -MONITOR_COORD_MAX && c <= MONITOR_COORD_MAX;
}

static bool rect_ok(struct rect r)
{
	return coord_ok(r.x) && coord_ok(r.y) && r.width > 0 && r.width <= MONITOR_SIZE_MAX &&
	       r.height > 0 && r.height <= MONITOR_SIZE_MAX;
}

bool monitors_describe(struct monitors_pending *pending, uint32_t index, const struct monitor *m)
{
	if (index >= MONITORS_MAX || !rect_ok(m->area) || m->scale < MONITOR_SCALE_MIN ||
		m->scale > MONITOR_SCALE_MAX) {
		return false;
	}
	struct rect work_area = pending->monitor[index].work_area;
	pending->monitor[index] = *m;
	pending->monitor[index].work_area = work_area;
	pending->described |= 1u << index;
	return true;
}

bool monitors_describe_work_area(struct monitors_pending *pending, uint32_t index, struct rect area)
{
	if (index >= MONITORS_MAX || !rect_ok(area)) {
		return false;
	}
	pending->monitor[index].work_area = area;
	pending->with_work_area |= 1u << index;
	return true;
}

bool monitors_commit(struct monitors *monitors, struct monitors_pending *pending)
{
	if (pending->described == 0) {
		return false;
	}
	monitors->count = 0;
	for (uint32_t i = 0; i < MONITORS_MAX; i++) {
		if ((pending->described & (1u << i)) == 0) {
			continue;
		}
		struct monitor m = pending->monitor[i];
		struct rect work_area = {0};
		if (pending->with_work_area & (1u << i)) {
			work_area = rect_intersect(m.work_area, m.area);
		}
		m.work_area = work_area.width > 0 ? work_area : m.area;
		monitors->monitor[monitors->count++] = m;
	}
	*pending = (struct monitors_pending){0};
	return true;
}

// Squared, 0 inside the rectangle
static int64_t distance(struct rect r, int32_t x, int32_t y)
{
	int64_t dx = max(max(r.x - x, x - (r.x + r.width - 1)), 0);
	int64_t dy = max(max(r.y - y, y - (r.y + r.height - 1)), 0);
	return dx * dx + dy * dy;
}

const struct monitor *monitors_nearest(const struct monitors *monitors, int32_t x, int32_t y)
{
	const struct monitor *best = NULL;
	int64_t best_distance = INT64_MAX;
	for (uint32_t i = 0; i < monitors->count; i++) {
		int64_t d = distance(monitors->monitor[i].area, x, y);
		if (d < best_distance) {
			best_distance = d;
			best = &monitors->monitor[i];
		}
	}
	return best;
}

void monitors_origin(const struct monitors *monitors, int32_t *x, int32_t *y)
{
	*x = *y = 0;
	for (uint32_t i = 0; i < monitors->count; i++) {
		*x = max(*x, -monitors->monitor[i].area.x);
		*y = max(*y, -monitors->monitor[i].area.y);
	}
}
