// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/x11_frame.h"

#include "compositor-glue/shell/corners.h"
#include "compositor-glue/shell/window.h"

/*
 * What the application draws, in the surface. The window manager calls one pixel more around it
 * opaque, as far as there is one; an application that draws with alpha has nothing opaque.
 */
static struct rect inner(const struct window *window)
{
	struct weston_surface *surface = window->surface;
	const pixman_box32_t *box = pixman_region32_extents(&surface->opaque);
	int32_t left = box->x1 > 0 ? box->x1 + 1 : 0, top = box->y1 > 0 ? box->y1 + 1 : 0;
	int32_t right = box->x2 < surface->width ? box->x2 - 1 : box->x2;
	int32_t bottom = box->y2 < surface->height ? box->y2 - 1 : box->y2;
	return (struct rect){left, top, right - left, bottom - top};
}

struct weston_size x11_frame_size(const struct window *window)
{
	if (window->role != WINDOW_TOPLEVEL || !window_is_x11(window) ||
		!pixman_region32_not_empty(&window->surface->opaque)) {
		return (struct weston_size){0};
	}
	struct rect content = window_content(window), inside = inner(window);
	return (struct weston_size){content.width > inside.width ? content.width - inside.width : 0,
		content.height > inside.height ? content.height - inside.height : 0};
}

void x11_frame_square(pixman_image_t *image)
{
	corners_square(pixman_image_get_data(image), pixman_image_get_width(image),
		pixman_image_get_height(image), pixman_image_get_stride(image) / 4);
}
