// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_SETTINGS_H
#define COMPOSITOR_GLUE_X11_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>
#include <xcb/xcb.h>

/*
 * Tells X11 applications how large to draw, as the XSETTINGS manager and in the X resources. Their
 * windows are shown pixel by pixel, so what a Wayland application learns from its surface they
 * learn from these.
 *
 * X11 has one scale for all windows. It is that of the monitor where one works when Xwayland
 * starts, and when the monitors change.
 */
struct settings {
	xcb_connection_t *x11;
	const xcb_screen_t *screen;
	xcb_window_t window; // owns the selection, and the property
	xcb_atom_t selection, settings, manager;
	uint32_t serial;
	uint32_t told; /* the scale that applications were told, in 120ths */
	bool replaced; /* somebody else's settings are in force now */
};

void settings_init(struct settings *settings, xcb_connection_t *x11, uint32_t scale);
/* Tells applications, if it is another one. */
void settings_tell(struct settings *settings, uint32_t scale);
void settings_handle(struct settings *settings, const xcb_generic_event_t *event);

#endif
