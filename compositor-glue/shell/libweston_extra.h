// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_LIBWESTON_EXTRA_H
#define COMPOSITOR_GLUE_SHELL_LIBWESTON_EXTRA_H

#include <libweston/libweston.h>
#include <time.h>
#include <xkbcommon/xkbcommon.h>

/*
 * What libweston-14.so exports for backends and declares in no installed header. The prototypes
 * are those of libweston 14.0; meson.build refuses any other major version and checks that each
 * symbol is there, so a mismatch fails the build instead of corrupting memory.
 */

void weston_buffer_reference(struct weston_buffer_reference *ref, struct weston_buffer *buffer,
	enum weston_buffer_reference_type type);
void weston_head_set_connection_status(struct weston_head *head, bool connected);

void weston_seat_init(
	struct weston_seat *seat, struct weston_compositor *compositor, const char *name);
void weston_seat_release(struct weston_seat *seat);
void weston_seat_repick(struct weston_seat *seat);
int weston_seat_init_pointer(struct weston_seat *seat);
int weston_seat_init_keyboard(struct weston_seat *seat, struct xkb_keymap *keymap);
void weston_seat_update_keymap(struct weston_seat *seat, struct xkb_keymap *keymap);
int weston_keyboard_set_locks(struct weston_keyboard *keyboard, uint32_t mask, uint32_t value);

void notify_motion_absolute(
	struct weston_seat *seat, const struct timespec *time, struct weston_coord_global pos);
void notify_button(struct weston_seat *seat, const struct timespec *time, int32_t button,
	enum wl_pointer_button_state state);
void notify_axis(struct weston_seat *seat, const struct timespec *time,
	struct weston_pointer_axis_event *event);
void notify_axis_source(struct weston_seat *seat, uint32_t source);
void notify_pointer_frame(struct weston_seat *seat);
void notify_key(struct weston_seat *seat, const struct timespec *time, uint32_t key,
	enum wl_keyboard_key_state state, enum weston_key_state_update update);
void notify_keyboard_focus_in(
	struct weston_seat *seat, struct wl_array *keys, enum weston_key_state_update update);

#endif
