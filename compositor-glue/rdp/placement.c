// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/placement.h"

/* The client was told a size. */
static void await_size(struct placement *placement, int64_t now)
{
	placement->awaited = placement->x11;
	placement->resizable_at = now + (placement->x11 ? PLACEMENT_SIZE_UNHEARD_MS : 0);
}

void placement_arrived(struct placement *placement, int64_t now)
{
	if (placement->awaited) {
		placement->awaited = false;
		placement->resizable_at = now + PLACEMENT_SIZE_INTERVAL_MS;
	}
}

void placement_init(struct placement *placement, const struct rect *rect, bool x11, int64_t now)
{
	*placement = (struct placement){
		.shown = *rect,
		.told = *rect,
		.wanted = *rect,
		.x11 = x11,
	};
	await_size(placement, now);
}

void placement_client(struct placement *placement, const struct rect *rect, int64_t quiet_until)
{
	placement->moved = true;
	placement->shown = *rect;
	placement->quiet_until = quiet_until;
}

void placement_expect(struct placement *placement, int64_t quiet_until)
{
	placement->quiet_until = quiet_until;
}

void placement_compositor(struct placement *placement, const struct rect *rect)
{
	placement->wanted = *rect;
}

bool placement_settle(struct placement *placement, int64_t now, int64_t *due)
{
	const struct rect *wanted = &placement->wanted;
	bool agreed = rect_equal(&placement->shown, wanted);
	if (agreed && (!placement->moved || placement->x11)) {
		placement->moved = false;
		placement->told = *wanted;
		return false;
	}
	bool resized = placement->shown.width != wanted->width ||
		       placement->shown.height != wanted->height;
	int64_t when = placement->quiet_until;
	if (resized && placement->resizable_at > when) {
		when = placement->resizable_at;
	}
	if (now < when) {
		*due = when;
		return false;
	}
	if (resized) {
		await_size(placement, now);
	}
	placement->shown = placement->told = *wanted;
	placement->moved = false;
	return true;
}
