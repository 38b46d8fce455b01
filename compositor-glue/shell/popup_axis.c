// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/popup_axis.h"

static int32_t end(struct span span)
{
	return span.start + span.length;
}

static bool fits(struct span popup, struct span room)
{
	return popup.start >= room.start && end(popup) <= end(room);
}

// A point of the anchor rectangle is where an edge of the popup, or its middle, is
static struct span hang(const struct popup_axis *axis, int anchor, int gravity)
{
	int32_t point = axis->rect.start + axis->offset;
	int32_t before = gravity < 0 ? axis->length : axis->length / 2;
	if (anchor >= 0) {
		point += anchor > 0 ? axis->rect.length : axis->rect.length / 2;
	}
	return (struct span){gravity > 0 ? point : point - before, axis->length};
}

struct span popup_axis_wish(const struct popup_axis *axis)
{
	return hang(axis, axis->anchor, axis->gravity);
}

// Of one that is too long, the end that is at the anchor is what is seen
static struct span slide(struct span popup, struct span room, int gravity)
{
	int32_t first = room.start, last = end(room) - popup.length;
	if (last < first) {
		popup.start = gravity < 0 ? last : first;
	} else if (popup.start < first) {
		popup.start = first;
	} else if (popup.start > last) {
		popup.start = last;
	}
	return popup;
}

// One that is outside altogether stays what it is: there is none of no size
static struct span cut(struct span popup, struct span room)
{
	int32_t start = popup.start > room.start ? popup.start : room.start;
	int32_t stop = end(popup) < end(room) ? end(popup) : end(room);
	return stop > start ? (struct span){start, stop - start} : popup;
}

struct span popup_axis_fit(const struct popup_axis *axis, struct span room)
{
	struct span popup = popup_axis_wish(axis);
	if (!fits(popup, room) && axis->flip) {
		struct span flipped = hang(axis, -axis->anchor, -axis->gravity);
		popup = fits(flipped, room) ? flipped : popup;
	}
	if (!fits(popup, room) && axis->slide) {
		popup = slide(popup, room, axis->gravity);
	}
	if (!fits(popup, room) && axis->resize) {
		popup = cut(popup, room);
	}
	return popup;
}
