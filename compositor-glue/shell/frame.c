// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/frame.h"

#include "compositor-glue/shell/capture.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/window.h"
#include "sill-bridge-v1-server.h"

void frames_init(struct frames *frames)
{
	*frames = (struct frames){0};
	slots_init(&frames->slots);
	pixman_region32_init(&frames->unsent);
	wl_list_init(&frames->callbacks);
}

void frames_finish(struct frames *frames)
{
	frames_reset(frames);
	slots_finish(&frames->slots);
	pixman_region32_fini(&frames->unsent);
}

void frames_reset(struct frames *frames)
{
	frames_answer(frames, shell_now());
	rest_end(&frames->rest);
	slots_set_size(&frames->slots, 0, 0);
	pixman_region32_clear(&frames->unsent);
	frames->pacing = (struct pacing){0};
	frames->content = (struct rect){0};
	frames->tree = 0;
	frames->recompose = false;
	frames->translucent = frames->told_translucent = false;
}

void frames_take_callbacks(struct frames *frames, struct weston_surface *surface)
{
	wl_list_insert_list(frames->callbacks.prev, &surface->frame_callback_list);
	wl_list_init(&surface->frame_callback_list);
}

void frames_answer(struct frames *frames, int64_t now)
{
	struct wl_resource *callback, *next;
	if (wl_list_empty(&frames->callbacks)) {
		return;
	}
	wl_resource_for_each_safe(callback, next, &frames->callbacks)
	{
		wl_callback_send_done(callback, (uint32_t)(now / 1000000));
		wl_resource_destroy(callback);
	}
	wl_list_init(&frames->callbacks);
	frames->pacing.answered = now;
}

void frames_restart(struct frames *frames)
{
	slots_forget_announced(&frames->slots);
	frames->told_translucent = false;
	frames_restart_content(frames);
}

void frames_restart_content(struct frames *frames)
{
	frames->slots.busy = -1;
	frames->pacing.under_way = false;
	pixman_region32_union_rect(&frames->unsent, &frames->unsent, 0, 0,
		(unsigned)frames->slots.width, (unsigned)frames->slots.height);
}

void frames_done(struct frames *frames, uint32_t serial)
{
	if (frames->pacing.under_way && serial == frames->serial) {
		frames->pacing.under_way = false;
		frames->slots.busy = -1;
	}
}

void frames_rest(struct window *window)
{
	struct frames *frames = &window->frames;
	bool still = !frames->pacing.under_way && !pixman_region32_not_empty(&frames->unsent);
	slots_forget_announced(&frames->slots);
	if (still && window_is_mapped(window)) {
		rest_begin(window);
	} else {
		// What is on its way is in memory that the bridge does not have any more
		frames_restart_content(frames);
	}
}

static void send_buffer(struct window *window, int index)
{
	struct slots *slots = &window->frames.slots;
	struct slot *slot = &slots->slot[index];
	if (!slot->announced) {
		sill_window_v1_send_buffer(window->resource, (uint32_t)index, slot->fd,
			slots->width, slots->height, slots_stride(slots));
		slot->announced = true;
	}
}

static void send_damage(struct window *window)
{
	int count;
	struct frames *frames = &window->frames;
	const pixman_box32_t *box = pixman_region32_rectangles(&frames->unsent, &count);
	if (count > FRAME_RECTS_MAX) {
		box = pixman_region32_extents(&frames->unsent);
		count = 1;
	}
	for (int i = 0; i < count; i++) {
		sill_window_v1_send_damage(window->resource, box[i].x1, box[i].y1,
			box[i].x2 - box[i].x1, box[i].y2 - box[i].y1);
	}
	pixman_region32_clear(&frames->unsent);
}

static void send_translucent(struct window *window)
{
	struct frames *frames = &window->frames;
	if (frames->told_translucent != frames->translucent) {
		frames->told_translucent = frames->translucent;
		sill_window_v1_send_translucent(window->resource, frames->translucent);
	}
}

// False while there are no pixels to be had
static bool has_content(struct window *window)
{
	struct frames *frames = &window->frames;
	if (!slots_have_memory(&frames->slots)) {
		frames->recompose = true;
		capture_window(window, NULL);
	}
	return slots_have_memory(&frames->slots);
}

static void send_frame(struct window *window, int64_t now)
{
	struct frames *frames = &window->frames;
	int index = frames->slots.latest;
	send_buffer(window, index);
	send_translucent(window);
	send_damage(window);
	sill_window_v1_send_frame(window->resource, ++frames->serial, (uint32_t)index);
	frames->slots.busy = index;
	frames->pacing.sent = now;
	frames->pacing.under_way = true;
}

static struct pacing_view look(struct window *window)
{
	const struct rect *told = &window->told;
	const struct monitor *monitor = monitors_nearest(&window->shell->outputs.monitors,
		told->x + told->width / 2, told->y + told->height / 2);
	return (struct pacing_view){
		.visible = bridge_is_active(window->shell) && window_is_visible(window),
		.interval = pacing_interval(monitor != NULL ? monitor->refresh : 0),
	};
}

int64_t frames_run(struct window *window, int64_t now, bool bridge_ready)
{
	struct frames *frames = &window->frames;
	struct pacing_view view = look(window);
	bool damaged = pixman_region32_not_empty(&frames->unsent);
	int64_t next = PACING_NEVER;
	if (damaged && bridge_ready && window->resource != NULL) {
		next = pacing_frame_due(&frames->pacing, view);
		if (pacing_is_due(next, now)) {
			if (has_content(window)) {
				send_frame(window, now);
			}
			damaged = false;
			next = PACING_NEVER;
		}
	}
	if (!wl_list_empty(&frames->callbacks)) {
		int64_t due = pacing_callbacks_due(&frames->pacing, view, damaged);
		if (pacing_is_due(due, now)) {
			frames_answer(frames, now);
		} else if (due < next) {
			next = due;
		}
	}
	return next;
}
