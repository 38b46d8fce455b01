// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/page.h"

#include "compositor-glue/rdp/picture.h"

void page_begin(struct page *page, const struct image *image, const struct rect *rect)
{
	*page = (struct page){.image = image, .rect = *rect, .x = rect->x, .y = rect->y};
}

/* Where the square ends in which that is, or the rectangle before. */
static int32_t square_end(int32_t at, int32_t end)
{
	int32_t next = (at / PAGE_SIDE + 1) * PAGE_SIDE;
	return next < end ? next : end;
}

static struct part look(const struct image *image, struct rect square)
{
	bool large = (int64_t)square.width * square.height >= PAGE_PIXELS;
	return (struct part){square, large && picture_look(image, &square) != PICTURE_DRAWN};
}

/* From there on in the row of squares: all that look the same. */
static struct part take_run(struct page *page)
{
	int32_t right = page->rect.x + page->rect.width;
	int32_t bottom = page->rect.y + page->rect.height;
	struct part run = {{page->x, page->y, 0, square_end(page->y, bottom) - page->y}, false};
	for (int32_t x = page->x; x < right; x = square_end(x, right)) {
		struct rect square = {x, page->y, square_end(x, right) - x, run.rect.height};
		struct part next = look(page->image, square);
		if (run.rect.width > 0 && next.photograph != run.photograph) {
			break;
		}
		run.photograph = next.photograph;
		run.rect.width += square.width;
	}
	page->x += run.rect.width;
	if (page->x == right) {
		page->x = page->rect.x;
		page->y += run.rect.height;
	}
	return run;
}

static bool goes_on(const struct part *open, const struct part *run)
{
	return run->photograph == open->photograph && run->rect.x == open->rect.x &&
	       run->rect.width == open->rect.width;
}

bool page_next(struct page *page, struct part *part)
{
	*part = (struct part){0};
	while (page->y < page->rect.y + page->rect.height && part->rect.height == 0) {
		struct part run = take_run(page);
		if (page->open.rect.height > 0 && goes_on(&page->open, &run)) {
			page->open.rect.height += run.rect.height;
		} else {
			*part = page->open;
			page->open = run;
		}
	}
	if (part->rect.height == 0) {
		*part = page->open;
		page->open.rect.height = 0;
	}
	return part->rect.height > 0;
}
