// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/placement.h"

void placement_init(struct placement *placement, const struct rect *rect)
{
	*placement = (struct placement){.shown = *rect, .wanted = *rect};
}

void placement_client(struct placement *placement, const struct rect *rect, int64_t now)
{
	placement->shown = *rect;
	placement->quiet_until = now + PLACEMENT_SETTLE_MS;
}

void placement_compositor(struct placement *placement, const struct rect *rect)
{
	placement->wanted = *rect;
}

bool placement_settle(struct placement *placement, int64_t now, int64_t *due)
{
	if (rect_equal(&placement->shown, &placement->wanted)) {
		return false;
	}
	if (now < placement->quiet_until) {
		*due = placement->quiet_until;
		return false;
	}
	placement->shown = placement->wanted;
	return true;
}
