// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/state.h"

#include <stdlib.h>

#include "compositor-glue/x11/client.h"
#include "compositor-glue/x11/frame.h"
#include "compositor-glue/x11/manager.h"
#include "compositor-glue/x11/properties.h"
#include "compositor-glue/x11/states.h"
#include "compositor-glue/x11/told.h"

#define STATE_WORDS 64

/* WM_STATE */
enum {
	STATE_WITHDRAWN = 0,
	STATE_NORMAL = 1,
	STATE_ICONIC = 3,
};

void state_read(struct client *client)
{
	struct manager *manager = client->manager;
	xcb_get_property_reply_t *reply = xcb_get_property_reply(manager->x11,
		xcb_get_property(manager->x11, 0, client->id,
			manager->atoms.atom[ATOM__NET_WM_STATE], XCB_ATOM_ATOM, 0, STATE_WORDS),
		NULL);
	uint32_t state = client->properties.wm.starts_minimized ? CLIENT_MINIMIZED : 0;
	if (reply != NULL) {
		state |= states_of_atoms(
			&manager->atoms, xcb_get_property_value(reply), property_words(reply));
	}
	free(reply);
	client->state = state & ~(uint32_t)CLIENT_COMPOSITORS;
	client->first_state = state & CLIENT_COMPOSITORS;
}

void state_want(struct client *client, uint32_t state)
{
	uint32_t changed = state ^ client->state;
	if ((changed & ~(uint32_t)CLIENT_COMPOSITORS) != 0) {
		client->state ^= changed & ~(uint32_t)CLIENT_COMPOSITORS;
		told_own_state(client);
		state_write(client);
	}
	if ((changed & CLIENT_COMPOSITORS) != 0) {
		told_wanted_state(client, state);
	}
}

void state_take(struct client *client, uint32_t state)
{
	uint32_t before = client->state;
	if ((before & CLIENT_BIG) == 0 && (state & CLIENT_BIG) != 0) {
		client->normal = client->place;
	}
	client->state = (before & ~(uint32_t)CLIENT_COMPOSITORS) | state;
	state_write(client);
	if (((before ^ state) & CLIENT_BIG) != 0) {
		frame_place(client);
		told_properties(client, NEWS_SIZES);
	}
}

void state_write(const struct client *client)
{
	const struct manager *manager = client->manager;
	const struct atoms *atoms = &manager->atoms;
	xcb_atom_t list[STATES_ATOMS_MAX];
	if (!client_is_managed(client)) {
		return;
	}
	uint32_t count = states_to_atoms(list, atoms, client->state, manager->active == client);
	xcb_change_property(manager->x11, XCB_PROP_MODE_REPLACE, client->id,
		atoms->atom[ATOM__NET_WM_STATE], XCB_ATOM_ATOM, 32, count, list);
	const uint32_t wm_state[] = {
		(client->state & CLIENT_MINIMIZED) != 0 ? STATE_ICONIC : STATE_NORMAL, XCB_NONE};
	xcb_change_property(manager->x11, XCB_PROP_MODE_REPLACE, client->id,
		atoms->atom[ATOM_WM_STATE], atoms->atom[ATOM_WM_STATE], 32, 2, wm_state);
}

void state_withdraw(struct client *client)
{
	const struct manager *manager = client->manager;
	const uint32_t wm_state[] = {STATE_WITHDRAWN, XCB_NONE};
	client->state = 0;
	xcb_change_property(manager->x11, XCB_PROP_MODE_REPLACE, client->id,
		manager->atoms.atom[ATOM_WM_STATE], manager->atoms.atom[ATOM_WM_STATE], 32, 2,
		wm_state);
	xcb_delete_property(manager->x11, client->id, manager->atoms.atom[ATOM__NET_WM_STATE]);
}
