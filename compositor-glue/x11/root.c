// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/root.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xcb/composite.h>

#include "compositor-glue/x11/client.h"
#include "compositor-glue/x11/manager.h"

static const char manager_name[] = "sill";

bool root_take(struct manager *manager)
{
	static const uint32_t events = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY |
				       XCB_EVENT_MASK_SUBSTRUCTURE_REDIRECT |
				       XCB_EVENT_MASK_PROPERTY_CHANGE;
	xcb_connection_t *x11 = manager->x11;
	xcb_window_t root = manager->screen->root;
	xcb_generic_error_t *error = xcb_request_check(
		x11, xcb_change_window_attributes_checked(x11, root, XCB_CW_EVENT_MASK, &events));
	if (error != NULL) {
		fputs("sill-x11: another window manager has the X server's windows\n", stderr);
		free(error);
		return false;
	}
	free(xcb_composite_query_version_reply(x11,
		xcb_composite_query_version(
			x11, XCB_COMPOSITE_MAJOR_VERSION, XCB_COMPOSITE_MINOR_VERSION),
		NULL));
	xcb_composite_redirect_subwindows(x11, root, XCB_COMPOSITE_REDIRECT_MANUAL);
	return true;
}

static void write_property(const struct manager *manager, xcb_window_t window, enum atom property,
	xcb_atom_t type, uint32_t count, const uint32_t *words)
{
	xcb_change_property(manager->x11, XCB_PROP_MODE_REPLACE, window,
		manager->atoms.atom[property], type, 32, count, words);
}

static void write_supported(const struct manager *manager)
{
	static const enum atom supported[] = {ATOM__NET_ACTIVE_WINDOW, ATOM__NET_CLIENT_LIST,
		ATOM__NET_CLIENT_LIST_STACKING, ATOM__NET_CLOSE_WINDOW, ATOM__NET_CURRENT_DESKTOP,
		ATOM__NET_FRAME_EXTENTS, ATOM__NET_MOVERESIZE_WINDOW, ATOM__NET_NUMBER_OF_DESKTOPS,
		ATOM__NET_REQUEST_FRAME_EXTENTS, ATOM__NET_SUPPORTED, ATOM__NET_SUPPORTING_WM_CHECK,
		ATOM__NET_WM_ICON, ATOM__NET_WM_MOVERESIZE, ATOM__NET_WM_NAME, ATOM__NET_WM_STATE,
		ATOM__NET_WM_STATE_ABOVE, ATOM__NET_WM_STATE_FOCUSED, ATOM__NET_WM_STATE_FULLSCREEN,
		ATOM__NET_WM_STATE_HIDDEN, ATOM__NET_WM_STATE_MAXIMIZED_HORZ,
		ATOM__NET_WM_STATE_MAXIMIZED_VERT, ATOM__NET_WM_STATE_MODAL,
		ATOM__NET_WM_SYNC_REQUEST, ATOM__NET_WM_WINDOW_TYPE};
	xcb_atom_t list[sizeof(supported) / sizeof(supported[0])];
	uint32_t count = sizeof(list) / sizeof(list[0]);
	for (uint32_t i = 0; i < count; i++) {
		list[i] = manager->atoms.atom[supported[i]];
	}
	write_property(
		manager, manager->screen->root, ATOM__NET_SUPPORTED, XCB_ATOM_ATOM, count, list);
}

/* A window that can have the keyboard, so it is mapped; one for input only has no surface. */
static void create_own(struct manager *manager)
{
	manager->own = xcb_generate_id(manager->x11);
	xcb_create_window(manager->x11, XCB_COPY_FROM_PARENT, manager->own, manager->screen->root,
		-1, -1, 1, 1, 0, XCB_WINDOW_CLASS_INPUT_ONLY, XCB_COPY_FROM_PARENT,
		XCB_CW_OVERRIDE_REDIRECT, (const uint32_t[]){1});
	xcb_map_window(manager->x11, manager->own);
	xcb_change_property(manager->x11, XCB_PROP_MODE_REPLACE, manager->own,
		manager->atoms.atom[ATOM__NET_WM_NAME], manager->atoms.atom[ATOM_UTF8_STRING], 8,
		(uint32_t)strlen(manager_name), manager_name);
	write_property(manager, manager->own, ATOM__NET_SUPPORTING_WM_CHECK, XCB_ATOM_WINDOW, 1,
		&manager->own);
	write_property(manager, manager->screen->root, ATOM__NET_SUPPORTING_WM_CHECK,
		XCB_ATOM_WINDOW, 1, &manager->own);
}

void root_announce(struct manager *manager)
{
	static const uint32_t one = 1, zero = 0;
	xcb_window_t root = manager->screen->root;
	create_own(manager);
	write_supported(manager);
	write_property(manager, root, ATOM__NET_NUMBER_OF_DESKTOPS, XCB_ATOM_CARDINAL, 1, &one);
	write_property(manager, root, ATOM__NET_CURRENT_DESKTOP, XCB_ATOM_CARDINAL, 1, &zero);
	root_write_clients(manager);
	root_write_active(manager);
	xcb_set_selection_owner(manager->x11, manager->own, manager->atoms.atom[ATOM__NET_WM_CM_S0],
		XCB_CURRENT_TIME);
	xcb_set_selection_owner(
		manager->x11, manager->own, manager->atoms.atom[ATOM_WM_S0], XCB_CURRENT_TIME);
	xcb_flush(manager->x11);
}

void root_write_clients(const struct manager *manager)
{
	static xcb_window_t list[CLIENTS_MAX];
	const struct client *client;
	uint32_t count = 0;
	// From bottom to top; in the order of mapping would say less
	wl_list_for_each_reverse(client, &manager->clients, link)
	{
		if (client_is_managed(client)) {
			list[count++] = client->id;
		}
	}
	write_property(manager, manager->screen->root, ATOM__NET_CLIENT_LIST, XCB_ATOM_WINDOW,
		count, list);
	write_property(manager, manager->screen->root, ATOM__NET_CLIENT_LIST_STACKING,
		XCB_ATOM_WINDOW, count, list);
}

void root_write_active(const struct manager *manager)
{
	xcb_window_t active = manager->active != NULL ? manager->active->id : XCB_NONE;
	write_property(manager, manager->screen->root, ATOM__NET_ACTIVE_WINDOW, XCB_ATOM_WINDOW, 1,
		&active);
}
