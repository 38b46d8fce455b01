// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/seat.h"

#include <string.h>
#include <xkbcommon/xkbcommon.h>

#include "compositor-glue/shell/libweston_extra.h"
#include "compositor-glue/shell/pointer.h"
#include "compositor-glue/shell/shell.h"
#include "sill-bridge-v1-server.h"

static bool is_held(const struct seat *seat, uint32_t code)
{
	return (seat->held[code / 64] & (UINT64_C(1) << (code % 64))) != 0;
}

static void set_held(struct seat *seat, uint32_t code, bool held)
{
	uint64_t bit = UINT64_C(1) << (code % 64);
	seat->held[code / 64] = held ? seat->held[code / 64] | bit : seat->held[code / 64] & ~bit;
}

static bool is_button(uint32_t code)
{
	return code >= BTN_MOUSE && code < BTN_JOYSTICK;
}

static void press(struct seat *seat, uint32_t code, bool pressed)
{
	struct timespec time;
	if (code >= KEY_CNT || is_held(seat, code) == pressed) {
		return;
	}
	set_held(seat, code, pressed);
	weston_compositor_get_time(&time);
	if (is_button(code)) {
		// The stack may have changed since the pointer moved last
		weston_seat_repick(&seat->weston);
		notify_button(&seat->weston, &time, (int32_t)code,
			pressed ? WL_POINTER_BUTTON_STATE_PRESSED
				: WL_POINTER_BUTTON_STATE_RELEASED);
		notify_pointer_frame(&seat->weston);
	} else {
		notify_key(&seat->weston, &time, code,
			pressed ? WL_KEYBOARD_KEY_STATE_PRESSED : WL_KEYBOARD_KEY_STATE_RELEASED,
			STATE_UPDATE_AUTOMATIC);
	}
}

void seat_release_buttons(struct seat *seat)
{
	for (uint32_t code = BTN_MOUSE; code < BTN_JOYSTICK; code++) {
		press(seat, code, false);
	}
}

void seat_release_all(struct seat *seat)
{
	for (uint32_t code = 0; code < KEY_CNT; code++) {
		press(seat, code, false);
	}
	seat->wheel[0] = seat->wheel[1] = (struct wheel){0};
}

static struct seat *from_resource(struct wl_resource *resource)
{
	return wl_resource_get_user_data(resource);
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static const char *name_or_default(const char *name)
{
	return name[0] != '\0' ? name : NULL;
}

static void handle_set_keymap(struct wl_client *client, struct wl_resource *resource,
	const char *model, const char *layout, const char *variant, const char *options)
{
	struct seat *seat = from_resource(resource);
	if (seat == NULL) {
		return;
	}
	const char *texts[] = {model, layout, variant, options};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (strlen(texts[i]) > SEAT_NAME_MAX) {
			weston_log("sill-shell: a keymap's name is longer than %d bytes\n",
				SEAT_NAME_MAX);
			return;
		}
	}
	struct xkb_rule_names names = {.model = name_or_default(model),
		.layout = name_or_default(layout),
		.variant = name_or_default(variant),
		.options = name_or_default(options)};
	struct xkb_keymap *keymap = xkb_keymap_new_from_names(
		seat->shell->compositor->xkb_context, &names, XKB_KEYMAP_COMPILE_NO_FLAGS);
	if (keymap == NULL) {
		weston_log("sill-shell: no keymap for layout '%s', variant '%s', model '%s'\n",
			layout, variant, model);
		return;
	}
	weston_seat_update_keymap(&seat->weston, keymap);
	xkb_keymap_unref(keymap);
}

// Scroll lock is no modifier in any keymap that applications look at
static void handle_set_locks(struct wl_client *client, struct wl_resource *resource, uint32_t locks)
{
	struct seat *seat = from_resource(resource);
	if (seat == NULL) {
		return;
	}
	uint32_t value = 0;
	if ((locks & SILL_SEAT_V1_LOCK_NUM) != 0) {
		value |= WESTON_NUM_LOCK;
	}
	if ((locks & SILL_SEAT_V1_LOCK_CAPS) != 0) {
		value |= WESTON_CAPS_LOCK;
	}
	weston_keyboard_set_locks(
		weston_seat_get_keyboard(&seat->weston), WESTON_NUM_LOCK | WESTON_CAPS_LOCK, value);
}

static void handle_key(
	struct wl_client *client, struct wl_resource *resource, uint32_t code, uint32_t pressed)
{
	struct seat *seat = from_resource(resource);
	if (seat != NULL && !is_button(code)) {
		press(seat, code, pressed != 0);
	}
}

static void handle_release_all(struct wl_client *client, struct wl_resource *resource)
{
	struct seat *seat = from_resource(resource);
	if (seat != NULL) {
		seat_release_all(seat);
	}
}

static void handle_pointer_motion(
	struct wl_client *client, struct wl_resource *resource, int32_t x, int32_t y)
{
	struct seat *seat = from_resource(resource);
	if (seat == NULL || x < -MONITOR_COORD_MAX || x > 2 * MONITOR_COORD_MAX ||
		y < -MONITOR_COORD_MAX || y > 2 * MONITOR_COORD_MAX) {
		return;
	}
	struct timespec time;
	struct rect at = outputs_to_global(&seat->shell->outputs, (struct rect){x, y, 0, 0});
	struct weston_coord_global pos = {weston_coord(at.x, at.y)};
	weston_compositor_get_time(&time);
	notify_motion_absolute(&seat->weston, &time, pos);
	notify_pointer_frame(&seat->weston);
}

static void handle_pointer_button(
	struct wl_client *client, struct wl_resource *resource, uint32_t button, uint32_t pressed)
{
	struct seat *seat = from_resource(resource);
	if (seat != NULL && is_button(button)) {
		press(seat, button, pressed != 0);
	}
}

static void handle_pointer_axis(
	struct wl_client *client, struct wl_resource *resource, uint32_t axis, int32_t value120)
{
	struct seat *seat = from_resource(resource);
	if (seat == NULL || axis > SILL_SEAT_V1_AXIS_HORIZONTAL || value120 == 0) {
		return;
	}
	struct timespec time;
	value120 = wheel_clamp(value120);
	int32_t detents = wheel_turn(&seat->wheel[axis], value120);
	struct weston_pointer_axis_event event = {
		.axis = axis,
		.value = wheel_distance(value120),
		.has_discrete = detents != 0,
		.discrete = detents,
	};
	weston_compositor_get_time(&time);
	notify_axis_source(&seat->weston, WL_POINTER_AXIS_SOURCE_WHEEL);
	notify_axis(&seat->weston, &time, &event);
	notify_pointer_frame(&seat->weston);
}

static const struct sill_seat_v1_interface seat_interface = {
	.destroy = handle_destroy,
	.set_keymap = handle_set_keymap,
	.set_locks = handle_set_locks,
	.key = handle_key,
	.release_all = handle_release_all,
	.pointer_motion = handle_pointer_motion,
	.pointer_button = handle_pointer_button,
	.pointer_axis = handle_pointer_axis,
};

static void handle_resource_destroy(struct wl_resource *resource)
{
	struct seat *seat = from_resource(resource);
	if (seat != NULL) {
		seat_release_all(seat);
		seat->resource = NULL;
	}
}

void seat_detach(struct seat *seat)
{
	if (seat->resource != NULL) {
		wl_resource_set_user_data(seat->resource, NULL);
		seat->resource = NULL;
		seat_release_all(seat);
	}
}

void seat_bind(struct seat *seat, struct wl_client *client, uint32_t version, uint32_t id)
{
	struct wl_resource *resource =
		wl_resource_create(client, &sill_seat_v1_interface, (int)version, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	if (seat != NULL) {
		seat_detach(seat);
		seat->resource = resource;
	}
	wl_resource_set_implementation(resource, &seat_interface, seat, handle_resource_destroy);
}

// weston_keyboard_set_locks works only where somebody shows the lights
static void handle_leds(struct weston_seat *weston, enum weston_led leds)
{
}

bool seat_init(struct seat *seat, struct shell *shell)
{
	struct wl_array none;
	*seat = (struct seat){.shell = shell};
	weston_seat_init(&seat->weston, shell->compositor, "seat0");
	seat->weston.led_update = handle_leds;
	if (weston_seat_init_pointer(&seat->weston) < 0 ||
		weston_seat_init_keyboard(&seat->weston, NULL) < 0) {
		weston_log("sill-shell: no keyboard: is xkb-data installed?\n");
		weston_seat_release(&seat->weston);
		return false;
	}
	pointer_init(shell->compositor);
	wl_array_init(&none);
	notify_keyboard_focus_in(&seat->weston, &none, STATE_UPDATE_AUTOMATIC);
	return true;
}

void seat_finish(struct seat *seat)
{
	seat_detach(seat);
	weston_seat_release(&seat->weston);
}
