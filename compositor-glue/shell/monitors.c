// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/monitors.h"

#include <stddef.h>

static int32_t max(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

bool rect_contains(struct rect rect, int32_t x, int32_t y)
{
	return x >= rect.x && y >= rect.y && x - rect.x < rect.width && y - rect.y < rect.height;
}

// One direction of it, in 64 bits: what applications say may end beyond 32
static int32_t meet(int32_t *start, int32_t a, int32_t a_length, int32_t b, int32_t b_length)
{
	int64_t a_end = (int64_t)a + a_length, b_end = (int64_t)b + b_length;
	*start = max(a, b);
	int64_t length = (a_end < b_end ? a_end : b_end) - *start;
	return length > 0 ? (int32_t)length : 0;
}

struct rect rect_intersect(struct rect a, struct rect b)
{
	struct rect r;
	r.width = meet(&r.x, a.x, a.width, b.x, b.width);
	r.height = meet(&r.y, a.y, a.height, b.y, b.height);
	return r.width > 0 && r.height > 0 ? r : (struct rect){0};
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
