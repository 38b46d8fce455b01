// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/capture.h"

#include <math.h>
#include <stddef.h>
#include <wayland-server.h>

#include "compositor-glue/shell/difference.h"
#include "compositor-glue/shell/libweston_extra.h"
#include "compositor-glue/shell/scale.h"
#include "compositor-glue/shell/window.h"

#define COLOURS UINT32_C(0xffffff) // of a pixel whose other byte means nothing

// A mapped surface of a window and where it is, in the application's units from the content's
// corner
struct layer {
	struct weston_surface *surface;
	pixman_box32_t box;
};

// Bottom to top
struct layers {
	int count;
	struct layer layer[CAPTURE_SURFACES_MAX];
};

static void collect(struct layers *layers, struct weston_surface *surface, int x, int y, int depth);

static void add(struct layers *layers, struct weston_surface *surface, int x, int y)
{
	if (layers->count < CAPTURE_SURFACES_MAX && surface->buffer_ref.buffer != NULL &&
		surface->width > 0 && surface->height > 0) {
		layers->layer[layers->count++] =
			(struct layer){surface, {x, y, x + surface->width, y + surface->height}};
	}
}

// A surface with subsurfaces is itself in its list, which goes from top to bottom
static void collect_children(
	struct layers *layers, struct weston_surface *surface, int x, int y, int depth)
{
	struct weston_subsurface *sub;
	wl_list_for_each_reverse(sub, &surface->subsurface_list, parent_link)
	{
		if (sub->surface == surface) {
			add(layers, surface, x, y);
		} else if (sub->surface->is_mapped) {
			collect(layers, sub->surface, x + (int)sub->position.offset.c.x,
				y + (int)sub->position.offset.c.y, depth + 1);
		}
	}
}

static void collect(struct layers *layers, struct weston_surface *surface, int x, int y, int depth)
{
	if (wl_list_empty(&surface->subsurface_list)) {
		add(layers, surface, x, y);
	} else if (depth < CAPTURE_DEPTH_MAX) {
		collect_children(layers, surface, x, y, depth);
	}
}

// A digest (FNV-1a) of what is where, to see whether the composition changed
static uint64_t digest(const struct layers *layers)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (int i = 0; i < layers->count; i++) {
		const struct layer *layer = &layers->layer[i];
		const uint64_t values[] = {(uintptr_t)layer->surface, (uint32_t)layer->box.x1,
			(uint32_t)layer->box.y1, (uint32_t)layer->box.x2, (uint32_t)layer->box.y2};
		for (size_t j = 0; j < sizeof(values) / sizeof(values[0]); j++) {
			hash = (hash ^ values[j]) * UINT64_C(0x100000001b3);
		}
	}
	return hash;
}

// NULL when there is none, or the application destroyed it after its commit
static struct wl_shm_buffer *shm_of(const struct weston_buffer *buffer)
{
	bool lives = buffer->type == WESTON_BUFFER_SHM && buffer->resource != NULL;
	return lives ? wl_shm_buffer_get(buffer->resource) : NULL;
}

static pixman_format_code_t shm_format(struct wl_shm_buffer *buffer)
{
	switch (wl_shm_buffer_get_format(buffer)) {
	case WL_SHM_FORMAT_ARGB8888:
		return PIXMAN_a8r8g8b8;
	case WL_SHM_FORMAT_XRGB8888:
		return PIXMAN_x8r8g8b8;
	default: // the noop renderer offers no other
		return 0;
	}
}

/*
 * From slot pixels, counted from a corner that is dx, dy units into the surface, to the buffer's:
 * the window's scale, viewport crop and scale, buffer scale and transform in one step.
 */
static void set_transform(pixman_image_t *image, const struct weston_surface *surface,
	uint32_t scale, double dx, double dy)
{
	const float *d = surface->surface_to_buffer_matrix.d;
	pixman_f_transform_t to_buffer = {{{d[0], d[4], d[12]}, {d[1], d[5], d[13]}, {0, 0, 1}}};
	double unit = (double)SCALE_ONE / scale;
	pixman_f_transform_t to_surface = {{{unit, 0, dx}, {0, unit, dy}, {0, 0, 1}}};
	pixman_f_transform_t f;
	pixman_transform_t transform;
	pixman_f_transform_multiply(&f, &to_buffer, &to_surface);
	scale_snap(&f, surface->width / unit, surface->height / unit);
	pixman_image_set_repeat(image, PIXMAN_REPEAT_PAD);
	if (!pixman_transform_from_pixman_f_transform(&transform, &f) ||
		pixman_transform_is_identity(&transform)) {
		return;
	}
	pixman_image_set_transform(image, &transform);
	pixman_image_set_filter(
		image, scale_mixes(&f) ? PIXMAN_FILTER_BILINEAR : PIXMAN_FILTER_NEAREST, NULL, 0);
}

static pixman_image_t *source_image(struct weston_surface *surface)
{
	struct weston_buffer *buffer = surface->buffer_ref.buffer;
	if (buffer->type == WESTON_BUFFER_SOLID) {
		const struct weston_solid_buffer_values *s = &buffer->solid;
		pixman_color_t color = {(uint16_t)(s->r * 0xffff), (uint16_t)(s->g * 0xffff),
			(uint16_t)(s->b * 0xffff), (uint16_t)(s->a * 0xffff)};
		return pixman_image_create_solid_fill(&color);
	}
	struct wl_shm_buffer *shm = shm_of(buffer);
	pixman_format_code_t format = shm != NULL ? shm_format(shm) : 0;
	if (format == 0) {
		return NULL;
	}
	return pixman_image_create_bits_no_clear(
		format, buffer->width, buffer->height, wl_shm_buffer_get_data(shm), buffer->stride);
}

// The surface's corner is x, y units from the image's. False if its pixels are gone; the image is
// not touched then
static bool draw_surface(struct weston_surface *surface, pixman_op_t op, pixman_image_t *image,
	uint32_t scale, int x, int y)
{
	struct wl_shm_buffer *shm = shm_of(surface->buffer_ref.buffer);
	pixman_image_t *source = source_image(surface);
	if (source == NULL) {
		return false;
	}
	double k = (double)scale / SCALE_ONE;
	int32_t left = (int32_t)floor(x * k), top = (int32_t)floor(y * k);
	int32_t right = (int32_t)ceil((x + surface->width) * k);
	int32_t bottom = (int32_t)ceil((y + surface->height) * k);
	if (shm != NULL) {
		set_transform(source, surface, scale, left / k - x, top / k - y);
		wl_shm_buffer_begin_access(shm);
	}
	pixman_image_composite32(
		op, source, NULL, image, 0, 0, 0, 0, left, top, right - left, bottom - top);
	if (shm != NULL) {
		wl_shm_buffer_end_access(shm);
	}
	pixman_image_unref(source);
	return true;
}

static bool has_pixels(const struct weston_surface *surface)
{
	const struct weston_buffer *buffer = surface->buffer_ref.buffer;
	return buffer->type == WESTON_BUFFER_SOLID || shm_of(buffer) != NULL;
}

static void clear(pixman_image_t *image, const pixman_region32_t *region)
{
	static const pixman_color_t transparent;
	int count;
	const pixman_box32_t *boxes =
		pixman_region32_rectangles((pixman_region32_t *)region, &count);
	pixman_image_fill_boxes(PIXMAN_OP_SRC, image, &transparent, count, boxes);
}

static void compose(const struct layers *layers, uint32_t scale, pixman_image_t *image,
	const pixman_region32_t *region)
{
	pixman_region32_t around;
	pixman_op_t op = PIXMAN_OP_SRC;
	pixman_box32_t first = scale_box(scale, layers->layer[0].box);
	pixman_region32_init_with_extents(&around, &first);
	pixman_region32_subtract(&around, (pixman_region32_t *)region, &around);
	clear(image, &around);
	pixman_region32_fini(&around);
	pixman_image_set_clip_region32(image, (pixman_region32_t *)region);
	for (int i = 0; i < layers->count; i++) {
		const struct layer *layer = &layers->layer[i];
		draw_surface(layer->surface, op, image, scale, layer->box.x1, layer->box.y1);
		op = PIXMAN_OP_OVER;
	}
	pixman_image_set_clip_region32(image, NULL);
}

static const struct layer *find(const struct layers *layers, const struct weston_surface *surface)
{
	for (int i = 0; i < layers->count; i++) {
		if (layers->layer[i].surface == surface) {
			return &layers->layer[i];
		}
	}
	return NULL;
}

static bool overlaps(const struct layers *layers, const struct layer *layer)
{
	for (int i = 0; i < layers->count; i++) {
		const pixman_box32_t *a = &layer->box, *b = &layers->layer[i].box;
		if (&layers->layer[i] != layer && a->x1 < b->x2 && b->x1 < a->x2 && a->y1 < b->y2 &&
			b->y1 < a->y2) {
			return true;
		}
	}
	return false;
}

/*
 * What lies over or under another surface is needed again when that one changes, so its buffer is
 * kept until the next one comes. Anything else is in the slot now and goes back at once: an
 * application that gets its buffer back before it draws again needs no second one.
 */
static void release(const struct layers *layers, struct weston_surface *surface)
{
	const struct layer *layer = find(layers, surface);
	struct weston_buffer *buffer = surface->buffer_ref.buffer;
	surface->keep_buffer = layer != NULL && overlaps(layers, layer);
	if (!surface->keep_buffer && buffer != NULL && buffer->type == WESTON_BUFFER_SHM) {
		weston_buffer_reference(&surface->buffer_ref, buffer, BUFFER_WILL_NOT_BE_ACCESSED);
	}
}

// The region of pixels that a region of units, moved by dx, dy, touches
static void add_scaled(
	pixman_region32_t *pixels, const pixman_region32_t *units, uint32_t scale, int dx, int dy)
{
	int count;
	const pixman_box32_t *box = pixman_region32_rectangles((pixman_region32_t *)units, &count);
	for (int i = 0; i < count; i++) {
		pixman_box32_t moved = {
			box[i].x1 + dx, box[i].y1 + dy, box[i].x2 + dx, box[i].y2 + dy};
		pixman_box32_t p = scale_box(scale, moved);
		pixman_region32_union_rect(pixels, pixels, p.x1, p.y1, (unsigned)(p.x2 - p.x1),
			(unsigned)(p.y2 - p.y1));
	}
}

static void whole_region(pixman_region32_t *region, const struct frames *frames)
{
	pixman_region32_union_rect(region, region, 0, 0, (unsigned)frames->slots.width,
		(unsigned)frames->slots.height);
}

// Where the slots have to change, in their pixels
static void changed_region(pixman_region32_t *region, const struct layers *layers,
	const struct frames *frames, struct weston_surface *committed, bool all)
{
	const struct layer *layer = committed != NULL ? find(layers, committed) : NULL;
	unsigned width = (unsigned)frames->slots.width, height = (unsigned)frames->slots.height;
	pixman_region32_init(region);
	if (all) {
		whole_region(region, frames);
	} else if (layer != NULL) {
		add_scaled(region, &committed->damage, frames->scale, layer->box.x1, layer->box.y1);
		pixman_region32_intersect_rect(region, region, 0, 0, width, height);
	}
}

// Whether a pixel of the layer's buffer is a pixel of the slot, and there is nothing else
static bool is_plain(const struct layers *layers, const struct frames *frames)
{
	const struct layer *layer = &layers->layer[0];
	const struct weston_buffer *buffer = layer->surface->buffer_ref.buffer;
	struct wl_shm_buffer *shm = shm_of(buffer);
	const float *d = layer->surface->surface_to_buffer_matrix.d;
	bool moved = d[0] != 1 || d[1] != 0 || d[4] != 0 || d[5] != 1 || d[12] != 0 || d[13] != 0;
	return layers->count == 1 && frames->scale == SCALE_ONE && !moved && shm != NULL &&
	       shm_format(shm) != 0 && layer->box.x1 <= 0 && layer->box.y1 <= 0 &&
	       frames->slots.width - layer->box.x1 <= buffer->width &&
	       frames->slots.height - layer->box.y1 <= buffer->height;
}

// Leaves of the region what is not as it was, where that is seen without drawing it first
static void leave_out_same(
	pixman_region32_t *region, const struct layers *layers, const struct frames *frames)
{
	const struct slot *latest = &frames->slots.slot[frames->slots.latest];
	if (latest->image == NULL || !is_plain(layers, frames)) {
		return;
	}
	const pixman_box32_t *box = &layers->layer[0].box;
	const struct weston_buffer *buffer = layers->layer[0].surface->buffer_ref.buffer;
	struct wl_shm_buffer *shm = shm_of(buffer);
	bool opaque = shm_format(shm) == PIXMAN_x8r8g8b8;
	wl_shm_buffer_begin_access(shm);
	const uint8_t *pixels = wl_shm_buffer_get_data(shm);
	pixels += (ptrdiff_t)-box->y1 * buffer->stride + (ptrdiff_t)-box->x1 * 4;
	difference_keep(region, (struct difference_side){pixels, buffer->stride},
		(struct difference_side){latest->pixels, slots_stride(&frames->slots)},
		opaque ? COLOURS : UINT32_MAX);
	wl_shm_buffer_end_access(shm);
}

static bool same_content(struct rect a, struct rect b)
{
	return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

// Where a layer hides what is under it, from the content's corner
static void add_opaque(pixman_region32_t *opaque, const struct layer *layer)
{
	pixman_region32_t part;
	const pixman_box32_t *box = &layer->box;
	unsigned width = (unsigned)(box->x2 - box->x1), height = (unsigned)(box->y2 - box->y1);
	pixman_region32_init_rect(&part, 0, 0, width, height);
	if (!layer->surface->is_opaque) {
		pixman_region32_intersect(&part, &part, &layer->surface->opaque);
	}
	pixman_region32_translate(&part, box->x1, box->y1);
	pixman_region32_union(opaque, opaque, &part);
	pixman_region32_fini(&part);
}

static bool is_translucent(const struct layers *layers, struct rect content)
{
	pixman_region32_t opaque;
	pixman_box32_t all = {0, 0, content.width, content.height};
	pixman_region32_init(&opaque);
	for (int i = 0; i < layers->count; i++) {
		add_opaque(&opaque, &layers->layer[i]);
	}
	bool covered = pixman_region32_contains_rectangle(&opaque, &all) == PIXMAN_REGION_IN;
	pixman_region32_fini(&opaque);
	return !covered;
}

// Takes over what the slots are to hold; true if all of it has to be drawn
static bool set_content(struct window *window, struct rect content, uint64_t tree)
{
	struct frames *frames = &window->frames;
	bool all = tree != frames->tree || !same_content(content, frames->content) ||
		   window->scale != frames->scale || frames->recompose;
	struct rect size = window_size(window);
	if (size.width != frames->slots.width || size.height != frames->slots.height) {
		slots_set_size(&frames->slots, size.width, size.height);
		pixman_region32_clear(&frames->unsent);
		window->news |= WINDOW_NEWS_GEOMETRY;
	}
	frames->content = content;
	frames->scale = window->scale;
	frames->tree = tree;
	frames->recompose = all;
	return all;
}

static void draw(struct window *window, const struct layers *layers, struct rect content,
	struct weston_surface *committed)
{
	struct frames *frames = &window->frames;
	pixman_region32_t region;
	if (!has_pixels(layers->layer[0].surface) && committed == NULL) {
		return; // nothing to compose from until the application draws again
	}
	bool all = set_content(window, content, digest(layers)) || rest_is_outdated(window);
	frames->translucent = is_translucent(layers, content);
	changed_region(&region, layers, frames, committed, all);
	if (!all && slots_have_memory(&frames->slots)) {
		leave_out_same(&region, layers, frames);
	} else if (pixman_region32_not_empty(&region)) {
		whole_region(&region, frames);
	}
	if (pixman_region32_not_empty(&region)) {
		pixman_image_t *image = slots_draw(&frames->slots, &region);
		if (image != NULL) {
			compose(layers, frames->scale, image, &region);
			pixman_region32_union(&frames->unsent, &frames->unsent, &region);
			frames->recompose = false;
			rest_end(&frames->rest);
		}
	}
	pixman_region32_fini(&region);
}

/*
 * At its next repaint the noop renderer would read each byte of the buffer, one by one, for nothing
 * but to see that it is as large as the application says: for a large window that takes as long as
 * all else that is done for a frame. We read it ourselves, under the same guard. One without this
 * pointer, which the library knows from buffers that were destroyed, it leaves alone.
 */
void capture_spare_renderer(struct weston_surface *surface)
{
	struct weston_buffer *buffer = surface->buffer_ref.buffer;
	if (buffer != NULL && buffer->type == WESTON_BUFFER_SHM) {
		buffer->shm_buffer = NULL;
	}
}

void capture_window(struct window *window, struct weston_surface *committed)
{
	struct layers layers;
	struct rect content = window_content(window);
	layers.count = 0;
	collect(&layers, window->surface, -content.x, -content.y, 0);
	if (layers.count == 0) {
		return;
	}
	draw(window, &layers, content, committed);
	if (committed != NULL) {
		release(&layers, committed);
	}
}

bool capture_is_single(const struct window *window)
{
	struct layers layers;
	layers.count = 0;
	collect(&layers, window->surface, 0, 0, 0);
	return layers.count == 1 && layers.layer[0].surface == window->surface;
}

bool capture_surface(struct weston_surface *surface, pixman_image_t *image, uint32_t scale)
{
	return surface->buffer_ref.buffer != NULL &&
	       draw_surface(surface, PIXMAN_OP_SRC, image, scale, 0, 0);
}
