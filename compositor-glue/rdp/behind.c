// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/behind.h"

#include <stdlib.h>

bool behind_init(struct behind *behind, int32_t height)
{
	int32_t count = (height + BEHIND_ROWS - 1) / BEHIND_ROWS;
	*behind = (struct behind){.count = count, .height = height};
	behind->bands = calloc((size_t)count, sizeof(*behind->bands));
	return behind->bands != NULL;
}

void behind_finish(struct behind *behind)
{
	free(behind->bands);
	*behind = (struct behind){0};
}

static bool is_marked(const struct span *span)
{
	return span->left < span->right;
}

void behind_mark(struct behind *behind, const struct rect *rect)
{
	int32_t first = rect->y / BEHIND_ROWS;
	int32_t last = (rect->y + rect->height - 1) / BEHIND_ROWS;
	int32_t right = rect->x + rect->width;
	for (int32_t i = first; i <= last; i++) {
		struct span *span = &behind->bands[i];
		if (!is_marked(span)) {
			*span = (struct span){rect->x, right};
			behind->marked++;
			continue;
		}
		span->left = rect->x < span->left ? rect->x : span->left;
		span->right = right > span->right ? right : span->right;
	}
}

int64_t behind_pixels(const struct behind *behind)
{
	int64_t pixels = 0;
	for (int32_t i = 0; behind->marked > 0 && i < behind->count; i++) {
		pixels += (int64_t)(behind->bands[i].right - behind->bands[i].left) * BEHIND_ROWS;
	}
	return pixels;
}

int32_t behind_next(const struct behind *behind)
{
	int32_t next = behind->next;
	if (behind->marked == 0) {
		return -1;
	}
	while (!is_marked(&behind->bands[next])) {
		next = (next + 1) % behind->count;
	}
	return next * BEHIND_ROWS;
}

bool behind_take(struct behind *behind, int64_t pixels, int32_t step, struct rect *rect)
{
	if (behind->marked == 0) {
		return false;
	}
	int32_t first = behind_next(behind) / BEHIND_ROWS, end = first;
	struct span all = behind->bands[first];
	while (end < behind->count && is_marked(&behind->bands[end])) {
		struct span *span = &behind->bands[end];
		int32_t left = span->left < all.left ? span->left : all.left;
		int32_t right = span->right > all.right ? span->right : all.right;
		int64_t area = (int64_t)(right - left) * (end + 1 - first) * BEHIND_ROWS;
		bool whole = end * BEHIND_ROWS % step == 0;
		if (end > first && whole && area > pixels) {
			break;
		}
		all = (struct span){left, right};
		*span = (struct span){0, 0};
		behind->marked--;
		end++;
	}
	behind->next = end % behind->count;
	int32_t top = first * BEHIND_ROWS, bottom = end * BEHIND_ROWS;
	bottom = bottom < behind->height ? bottom : behind->height;
	*rect = (struct rect){all.left, top, all.right - all.left, bottom - top};
	return true;
}
