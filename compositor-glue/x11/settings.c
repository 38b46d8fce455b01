// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/settings.h"

#include <stdlib.h>

#include "compositor-glue/x11/connection.h"
#include "compositor-glue/x11/xsettings.h"

static void write_resources(struct settings *settings, uint32_t scale)
{
	static char text[RESOURCES_LIMIT];
	xcb_get_property_reply_t *reply = xcb_get_property_reply(settings->x11,
		xcb_get_property(settings->x11, 0, settings->screen->root,
			XCB_ATOM_RESOURCE_MANAGER, XCB_ATOM_STRING, 0, RESOURCES_LIMIT / 4),
		NULL);
	if (reply == NULL || reply->bytes_after > 0) {
		free(reply);
		return;
	}
	size_t length = resources_write(text, sizeof(text), xcb_get_property_value(reply),
		(size_t)xcb_get_property_value_length(reply), scale);
	free(reply);
	if (length > 0) {
		xcb_change_property(settings->x11, XCB_PROP_MODE_REPLACE, settings->screen->root,
			XCB_ATOM_RESOURCE_MANAGER, XCB_ATOM_STRING, 8, (uint32_t)length, text);
	}
}

void settings_tell(struct settings *settings, uint32_t scale)
{
	uint8_t data[XSETTINGS_SIZE];
	if (scale == settings->told || settings->replaced) {
		return;
	}
	settings->told = scale;
	size_t length = xsettings_write(data, scale, ++settings->serial);
	xcb_change_property(settings->x11, XCB_PROP_MODE_REPLACE, settings->window,
		settings->settings, settings->settings, 8, (uint32_t)length, data);
	write_resources(settings, scale);
	xcb_flush(settings->x11);
}

/* Whoever waits for settings looks for this (ICCCM 2.8). */
static void announce(const struct settings *settings)
{
	const xcb_client_message_event_t event = {
		.response_type = XCB_CLIENT_MESSAGE,
		.format = 32,
		.window = settings->screen->root,
		.type = settings->manager,
		.data.data32 = {XCB_CURRENT_TIME, settings->selection, settings->window},
	};
	xcb_set_selection_owner(
		settings->x11, settings->window, settings->selection, XCB_CURRENT_TIME);
	xcb_send_event(settings->x11, 0, settings->screen->root, XCB_EVENT_MASK_STRUCTURE_NOTIFY,
		(const char *)&event);
	xcb_flush(settings->x11);
}

void settings_init(struct settings *settings, xcb_connection_t *x11, uint32_t scale)
{
	static const char *const names[] = {"_XSETTINGS_S0", "_XSETTINGS_SETTINGS", "MANAGER"};
	xcb_atom_t atoms[3];
	connection_intern(x11, names, atoms, 3);
	*settings = (struct settings){
		.x11 = x11,
		.screen = connection_screen(x11),
		.window = xcb_generate_id(x11),
		.selection = atoms[0],
		.settings = atoms[1],
		.manager = atoms[2],
	};
	xcb_create_window(x11, XCB_COPY_FROM_PARENT, settings->window, settings->screen->root, -1,
		-1, 1, 1, 0, XCB_WINDOW_CLASS_INPUT_ONLY, XCB_COPY_FROM_PARENT,
		XCB_CW_OVERRIDE_REDIRECT, (const uint32_t[]){1});
	settings_tell(settings, scale);
	announce(settings);
}

void settings_handle(struct settings *settings, const xcb_generic_event_t *event)
{
	const xcb_selection_clear_event_t *clear = (const xcb_selection_clear_event_t *)event;
	if ((event->response_type & 0x7f) == XCB_SELECTION_CLEAR &&
		clear->selection == settings->selection) {
		settings->replaced = true;
	}
}
