// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/pointer.h"

#include "compositor-glue/shell/capture.h"

static bool takes_input(struct weston_view *view, struct weston_coord_global pos)
{
	weston_view_update_transform(view);
	struct weston_coord_surface at = weston_coord_global_to_surface(view, pos);
	return pixman_region32_contains_point(
		&view->surface->input, (int)at.c.x, (int)at.c.y, NULL);
}

// Weston makes a view for a subsurface when it repaints; before that there is none
static struct weston_view *child_view(struct weston_view *parent, struct weston_surface *surface)
{
	struct weston_view *view;
	wl_list_for_each(view, &parent->geometry.child_list, geometry.parent_link)
	{
		if (view->surface == surface && view->parent_view == parent) {
			return view;
		}
	}
	return NULL;
}

// Top to bottom through a view and its subsurfaces
static struct weston_view *pick_in(
	struct weston_view *view, struct weston_coord_global pos, int depth)
{
	struct weston_subsurface *sub;
	if (wl_list_empty(&view->surface->subsurface_list) || depth == CAPTURE_DEPTH_MAX) {
		return takes_input(view, pos) ? view : NULL;
	}
	wl_list_for_each(sub, &view->surface->subsurface_list, parent_link)
	{
		struct weston_view *found = NULL, *child = NULL;
		if (sub->surface == view->surface) {
			found = takes_input(view, pos) ? view : NULL;
		} else if (sub->surface->is_mapped) {
			child = child_view(view, sub->surface);
			found = child != NULL ? pick_in(child, pos, depth + 1) : NULL;
		}
		if (found != NULL) {
			return found;
		}
	}
	return NULL;
}

static struct weston_view *pick(struct weston_pointer *pointer)
{
	struct weston_layer *layer;
	struct weston_view *view;
	wl_list_for_each(layer, &pointer->seat->compositor->layer_list, link)
	{
		wl_list_for_each(view, &layer->view_list.link, layer_link.link)
		{
			struct weston_view *found =
				view->is_mapped ? pick_in(view, pointer->pos, 0) : NULL;
			if (found != NULL) {
				return found;
			}
		}
	}
	return NULL;
}

// The window moved under a pointer that did not
static bool jumped(const struct weston_pointer *pointer, const struct weston_view *view)
{
	struct weston_coord_surface at = weston_coord_global_to_surface(view, pointer->pos);
	return pointer->sx != wl_fixed_from_double(at.c.x) ||
	       pointer->sy != wl_fixed_from_double(at.c.y);
}

static void handle_focus(struct weston_pointer_grab *grab)
{
	struct weston_pointer *pointer = grab->pointer;
	if (pointer->button_count > 0) {
		return; // what was pressed on keeps the pointer
	}
	struct weston_view *view = pick(pointer);
	if (pointer->focus != view || (view != NULL && jumped(pointer, view))) {
		weston_pointer_set_focus(pointer, view);
	}
}

static void handle_motion(struct weston_pointer_grab *grab, const struct timespec *time,
	struct weston_pointer_motion_event *event)
{
	weston_pointer_send_motion(grab->pointer, time, event);
}

static void handle_button(struct weston_pointer_grab *grab, const struct timespec *time,
	uint32_t button, uint32_t state)
{
	weston_pointer_send_button(grab->pointer, time, button, state);
	if (state == WL_POINTER_BUTTON_STATE_RELEASED) {
		handle_focus(grab);
	}
}

static void handle_axis(struct weston_pointer_grab *grab, const struct timespec *time,
	struct weston_pointer_axis_event *event)
{
	weston_pointer_send_axis(grab->pointer, time, event);
}

static void handle_axis_source(struct weston_pointer_grab *grab, uint32_t source)
{
	weston_pointer_send_axis_source(grab->pointer, source);
}

static void handle_frame(struct weston_pointer_grab *grab)
{
	weston_pointer_send_frame(grab->pointer);
}

static void handle_cancel(struct weston_pointer_grab *grab)
{
}

static const struct weston_pointer_grab_interface grab_interface = {
	.focus = handle_focus,
	.motion = handle_motion,
	.button = handle_button,
	.axis = handle_axis,
	.axis_source = handle_axis_source,
	.frame = handle_frame,
	.cancel = handle_cancel,
};

void pointer_say_again(const struct weston_pointer *pointer)
{
	struct wl_resource *resource;
	struct timespec now;
	if (pointer->focus_client == NULL) {
		return;
	}
	weston_compositor_get_time(&now);
	uint32_t ms = (uint32_t)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
	wl_resource_for_each(resource, &pointer->focus_client->pointer_resources)
	{
		wl_pointer_send_motion(resource, ms, pointer->sx, pointer->sy);
		if (wl_resource_get_version(resource) >= WL_POINTER_FRAME_SINCE_VERSION) {
			wl_pointer_send_frame(resource);
		}
	}
}

void pointer_init(struct weston_compositor *compositor)
{
	weston_compositor_set_default_pointer_grab(compositor, &grab_interface);
}
