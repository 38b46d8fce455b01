// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/cursor.h"

#include <pixman.h>
#include <unistd.h>

#include "compositor-glue/shell/capture.h"
#include "compositor-glue/shell/scale.h"
#include "compositor-glue/shell/sealed.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/window.h"
#include "sill-bridge-v1-server.h"

// Digests that no picture has
enum {
	TOLD_NOTHING,
	TOLD_DEFAULT,
	TOLD_HIDDEN,
};

struct picture {
	int32_t width, height, hot_x, hot_y;
	uint32_t pixels[CURSOR_SIZE_MAX * CURSOR_SIZE_MAX];
};

static uint64_t mix(uint64_t hash, uint32_t value)
{
	return (hash ^ value) * UINT64_C(0x100000001b3);
}

static uint64_t digest(const struct picture *picture)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	hash = mix(mix(hash, (uint32_t)picture->width), (uint32_t)picture->height);
	hash = mix(mix(hash, (uint32_t)picture->hot_x), (uint32_t)picture->hot_y);
	for (int32_t i = 0; i < picture->width * picture->height; i++) {
		hash = mix(hash, picture->pixels[i]);
	}
	return hash > TOLD_HIDDEN ? hash : hash + TOLD_HIDDEN + 1;
}

static int32_t fit(uint32_t scale, int32_t units)
{
	int32_t pixels = scale_up(scale, units);
	return pixels < CURSOR_SIZE_MAX ? pixels : CURSOR_SIZE_MAX;
}

static bool draw(struct picture *picture, struct weston_surface *surface,
	struct weston_coord_surface hotspot, uint32_t scale)
{
	picture->width = fit(scale, surface->width);
	picture->height = fit(scale, surface->height);
	picture->hot_x = scale_up(scale, (int32_t)hotspot.c.x);
	picture->hot_y = scale_up(scale, (int32_t)hotspot.c.y);
	pixman_image_t *image = pixman_image_create_bits(PIXMAN_a8r8g8b8, picture->width,
		picture->height, picture->pixels, picture->width * 4);
	if (image == NULL) {
		return false;
	}
	bool drawn = capture_surface(surface, image, scale);
	pixman_image_unref(image);
	return drawn;
}

_Static_assert(CURSOR_PICTURE_SIDE_MAX <= CURSOR_SIZE_MAX, "a shape is a picture");

static bool draw_shape(struct picture *picture, enum cursor_shape shape, uint32_t scale)
{
	struct cursor_point hot = cursor_picture_hotspot(shape, scale);
	picture->width = picture->height = cursor_picture_side(scale);
	picture->hot_x = hot.x;
	picture->hot_y = hot.y;
	return cursor_picture_draw(shape, scale, picture->pixels);
}

static void send_picture(
	struct cursor *cursor, struct wl_resource *bridge, const struct picture *picture)
{
	uint64_t hash = digest(picture);
	size_t size = (size_t)picture->width * (size_t)picture->height * 4;
	int fd = hash != cursor->told ? sealed_create("sill-cursor", picture->pixels, size) : -1;
	if (fd >= 0) {
		sill_bridge_v1_send_cursor(bridge, fd, picture->width, picture->height,
			picture->width * 4, picture->hot_x, picture->hot_y);
		close(fd);
		cursor->told = hash;
	}
}

static void send_default(struct cursor *cursor, struct wl_resource *bridge)
{
	if (cursor->told != TOLD_DEFAULT) {
		sill_bridge_v1_send_cursor_default(bridge);
	}
	cursor->told = TOLD_DEFAULT;
}

static uint32_t scale_under(const struct weston_pointer *pointer)
{
	const struct window *window =
		window_from_weston(weston_surface_get_main_surface(pointer->focus->surface));
	return window != NULL ? window->scale : SCALE_ONE;
}

// Whether who has the pointer named a shape for it
static bool is_named(const struct cursor *cursor, const struct weston_pointer *pointer)
{
	const struct wl_resource *surface = pointer->focus->surface->resource;
	const struct wl_client *client = cursor->shell->cursor_shape.client;
	return client != NULL && surface != NULL &&
	       wl_resource_get_client((struct wl_resource *)surface) == client;
}

void cursor_send(struct cursor *cursor, struct wl_resource *bridge)
{
	static struct picture picture; // too big for the stack
	struct weston_pointer *pointer = weston_seat_get_pointer(&cursor->shell->seat.weston);
	if (!cursor->changed) {
		return;
	}
	cursor->changed = false;
	if (pointer->focus == NULL) {
		cursor->shell->cursor_shape.client = NULL;
		send_default(cursor, bridge);
	} else if (is_named(cursor, pointer)) {
		if (draw_shape(&picture, cursor->shell->cursor_shape.shape, scale_under(pointer))) {
			send_picture(cursor, bridge, &picture);
		} else {
			send_default(cursor, bridge);
		}
	} else if (pointer->sprite == NULL || pointer->sprite->surface->width <= 0 ||
		   !weston_surface_is_mapped(pointer->sprite->surface)) {
		if (cursor->told != TOLD_HIDDEN) {
			sill_bridge_v1_send_cursor_hidden(bridge);
		}
		cursor->told = TOLD_HIDDEN;
	} else if (draw(&picture, pointer->sprite->surface, pointer->hotspot,
			   scale_under(pointer))) {
		send_picture(cursor, bridge, &picture);
	}
}

void cursor_changed(struct cursor *cursor)
{
	cursor->changed = true;
	shell_schedule(cursor->shell);
}

void cursor_restart(struct cursor *cursor)
{
	cursor->told = TOLD_NOTHING;
	cursor_changed(cursor);
}

static void handle_focus(struct wl_listener *listener, void *data)
{
	struct cursor *cursor = wl_container_of(listener, cursor, focus);
	cursor_changed(cursor);
}

void cursor_init(struct cursor *cursor, struct shell *shell)
{
	struct weston_pointer *pointer = weston_seat_get_pointer(&shell->seat.weston);
	*cursor = (struct cursor){.shell = shell};
	cursor->focus.notify = handle_focus;
	wl_signal_add(&pointer->focus_signal, &cursor->focus);
}

void cursor_finish(struct cursor *cursor)
{
	wl_list_remove(&cursor->focus.link);
}
