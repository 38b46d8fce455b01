// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/input.h"

#include <freerdp/input.h>
#include <linux/input-event-codes.h>

#include "compositor-glue/rdp/bridge.h"
#include "compositor-glue/rdp/keyboard_layout.h"
#include "compositor-glue/rdp/log.h"
#include "compositor-glue/rdp/peer.h"
#include "compositor-glue/rdp/scancode.h"
#include "compositor-glue/rdp/session.h"
#include "sill-bridge-v1-client.h"

#define PAUSE_FIRST_HALF 0x1d
#define PAUSE_SECOND_HALF 0x45

static struct session *session_of(rdpInput *input)
{
	return ((struct peer *)input->context)->session;
}

/* keyboard */

static uint32_t locks_from_rdp(uint32_t flags)
{
	uint32_t locks = 0;
	locks |= flags & KBD_SYNC_SCROLL_LOCK ? SILL_SEAT_V1_LOCK_SCROLL : 0;
	locks |= flags & KBD_SYNC_NUM_LOCK ? SILL_SEAT_V1_LOCK_NUM : 0;
	locks |= flags & KBD_SYNC_CAPS_LOCK ? SILL_SEAT_V1_LOCK_CAPS : 0;
	return locks;
}

static void synchronize(struct session *session, uint32_t flags)
{
	desktop_release(session);
	sill_seat_v1_release_all(session->bridge->seat);
	sill_seat_v1_set_locks(session->bridge->seat, locks_from_rdp(flags));
}

static BOOL handle_synchronize(rdpInput *input, UINT32 flags)
{
	struct peer *peer = (struct peer *)input->context;
	if (peer->session != NULL) {
		synchronize(peer->session, flags);
	} else {
		peer->locks = flags;
		peer->has_locks = true;
	}
	return TRUE;
}

static BOOL handle_key(rdpInput *input, UINT16 flags, UINT8 code)
{
	struct session *session = session_of(input);
	if (session == NULL) {
		return TRUE;
	}
	enum scancode_set set = flags & KBD_FLAGS_EXTENDED1  ? SCANCODE_E1
				: flags & KBD_FLAGS_EXTENDED ? SCANCODE_E0
							     : SCANCODE_PLAIN;
	bool pause_begun = session->input.pause_begun;
	session->input.pause_begun = set == SCANCODE_E1 && code == PAUSE_FIRST_HALF;
	if (session->input.pause_begun) {
		return TRUE;
	}
	if (pause_begun && code == PAUSE_SECOND_HALF) {
		set = SCANCODE_E1;
	}
	uint32_t key = scancode_to_evdev(set, code);
	bool pressed = (flags & KBD_FLAGS_RELEASE) == 0;
	if (key != 0 && !(session->desktop.on && desktop_key(session, key, pressed))) {
		sill_seat_v1_key(session->bridge->seat, key, pressed);
	}
	return TRUE;
}

static BOOL handle_unicode(rdpInput *input, UINT16 flags, UINT16 code)
{
	struct session *session = session_of(input);
	if (session != NULL && !session->input.unicode_heard) {
		session->input.unicode_heard = true;
		log_line("%s: types characters instead of keys, which is not supported",
			session->peer->origin.name);
	}
	return TRUE;
}

/* pointer */

static void press(struct session *session, uint32_t button, bool pressed)
{
	if (session->desktop.on) {
		if (desktop_button(session, button, pressed)) {
			return;
		}
	} else if (pressed) {
		rail_clicked(session, session->input.x, session->input.y);
	} else if (button == BTN_LEFT) {
		rail_released(session, session->input.x, session->input.y);
	}
	sill_seat_v1_pointer_button(session->bridge->seat, button, pressed);
}

static void move_to(struct session *session, UINT16 x, UINT16 y)
{
	/* On a monitor left of or above the primary one a coordinate is negative. */
	session->input.x = (int16_t)x;
	session->input.y = (int16_t)y;
	if (session->desktop.on) {
		desktop_to_windows(session, &session->input.x, &session->input.y);
		desktop_motion(session);
	} else {
		rail_pointed(session, session->input.x, session->input.y);
	}
	sill_seat_v1_pointer_motion(session->bridge->seat, session->input.x, session->input.y);
}

int32_t input_wheel_rotation(uint16_t flags)
{
	/* MS-RDPBCGR 2.2.8.1.1.3.1.1.3: nine bits, two's complement. */
	int32_t rotation = flags & 0xff;
	return flags & PTR_FLAGS_WHEEL_NEGATIVE ? rotation - 0x100 : rotation;
}

static void turn_wheel(struct session *session, UINT16 flags)
{
	int32_t rotation = input_wheel_rotation(flags);
	if (rotation == 0) {
		return;
	}
	/* RDP's wheel is positive up and right, Wayland's down and right. */
	if (flags & PTR_FLAGS_HWHEEL) {
		sill_seat_v1_pointer_axis(
			session->bridge->seat, SILL_SEAT_V1_AXIS_HORIZONTAL, rotation);
	} else {
		sill_seat_v1_pointer_axis(
			session->bridge->seat, SILL_SEAT_V1_AXIS_VERTICAL, -rotation);
	}
}

void input_swap_buttons(struct session *session, bool swapped)
{
	if (session->input.swapped != swapped) {
		session->input.swapped = swapped;
		sill_seat_v1_release_all(session->bridge->seat);
	}
}

static uint32_t in_hand(const struct session *session, uint32_t button)
{
	bool swapped = session->input.swapped && button != BTN_MIDDLE;
	return !swapped ? button : button == BTN_LEFT ? BTN_RIGHT : BTN_LEFT;
}

static BOOL handle_mouse(rdpInput *input, UINT16 flags, UINT16 x, UINT16 y)
{
	static const struct {
		UINT16 flag;
		uint32_t code;
	} buttons[] = {
		{PTR_FLAGS_BUTTON1, BTN_LEFT},
		{PTR_FLAGS_BUTTON2, BTN_RIGHT},
		{PTR_FLAGS_BUTTON3, BTN_MIDDLE},
	};
	struct session *session = session_of(input);
	if (session == NULL) {
		return TRUE;
	}
	if (flags & (PTR_FLAGS_WHEEL | PTR_FLAGS_HWHEEL)) {
		turn_wheel(session, flags);
		return TRUE;
	}
	move_to(session, x, y);
	for (size_t i = 0; i < sizeof(buttons) / sizeof(buttons[0]); i++) {
		if (flags & buttons[i].flag) {
			press(session, in_hand(session, buttons[i].code),
				(flags & PTR_FLAGS_DOWN) != 0);
		}
	}
	return TRUE;
}

static BOOL handle_extended_mouse(rdpInput *input, UINT16 flags, UINT16 x, UINT16 y)
{
	struct session *session = session_of(input);
	if (session == NULL) {
		return TRUE;
	}
	move_to(session, x, y);
	if (flags & PTR_XFLAGS_BUTTON1) {
		press(session, BTN_SIDE, (flags & PTR_XFLAGS_DOWN) != 0);
	}
	if (flags & PTR_XFLAGS_BUTTON2) {
		press(session, BTN_EXTRA, (flags & PTR_XFLAGS_DOWN) != 0);
	}
	return TRUE;
}

void input_connect(struct peer *peer)
{
	rdpInput *input = peer->base.input;
	input->SynchronizeEvent = handle_synchronize;
	input->KeyboardEvent = handle_key;
	input->UnicodeKeyboardEvent = handle_unicode;
	input->MouseEvent = handle_mouse;
	input->ExtendedMouseEvent = handle_extended_mouse;
}

void input_start(struct session *session)
{
	const struct peer *peer = session->peer;
	uint32_t id = freerdp_settings_get_uint32(peer->base.settings, FreeRDP_KeyboardLayout);
	const struct keyboard_layout *layout = keyboard_layout_find(id);
	if (layout != NULL) {
		sill_seat_v1_set_keymap(
			session->bridge->seat, "pc105", layout->layout, layout->variant, "");
	} else {
		log_line("%s: keyboard layout 0x%08x is not known, keeping the one in use",
			peer->origin.name, id);
	}
	/*
	 * FreeRDP's client does not tell of its lock keys when it shows windows: they begin as off,
	 * not as an earlier client left them.
	 */
	synchronize(session, peer->has_locks ? peer->locks : 0);
}
