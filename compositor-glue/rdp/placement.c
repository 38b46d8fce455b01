// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/placement.h"

void placement_init(struct placement *placement, const struct rect *rect)
{
	*placement = (struct placement){.shown = *rect, .wanted = *rect};
}

void placement_client(struct placement *placement, const struct rect *rect, int64_t now)
{
	placement->moved = true;
	placement->resized |=
		rect->width != placement->shown.width || rect->height != placement->shown.height;
	placement->shown = *rect;
	placement->quiet_until = now + PLACEMENT_SETTLE_MS;
}

void placement_compositor(struct placement *placement, const struct rect *rect)
{
	placement->wanted = *rect;
}

bool placement_settle(struct placement *placement, int64_t now, int64_t *due)
{
	bool agreed = rect_equal(&placement->shown, &placement->wanted);
	if (agreed && !placement->moved) {
		return false;
	}
	if (!(agreed && placement->resized) && now < placement->quiet_until) {
		*due = placement->quiet_until;
		return false;
	}
	placement->shown = placement->wanted;
	placement->moved = placement->resized = false;
	return true;
}
