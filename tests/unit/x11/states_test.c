// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/states.h"

#include "tests/harness/test.h"

enum {
	REMOVE,
	ADD,
	TOGGLE,
};

/* Any numbers do, as long as they differ. */
static const struct atoms *atoms(void)
{
	static struct atoms all;
	for (int i = 0; i < ATOM_COUNT; i++) {
		all.atom[i] = (xcb_atom_t)(1000 + i);
	}
	return &all;
}

static uint32_t changed(uint32_t now, uint32_t action, enum atom first, enum atom second)
{
	const uint32_t words[] = {action, 1000 + (uint32_t)first, 1000 + (uint32_t)second};
	return states_changed(atoms(), now, words);
}

TEST(states_are_added_removed_and_toggled)
{
	CHECK_INT(changed(0, ADD, ATOM__NET_WM_STATE_ABOVE, ATOM__NET_WM_STATE_MODAL),
		CLIENT_ABOVE | CLIENT_MODAL);
	CHECK_INT(changed(CLIENT_ABOVE | CLIENT_MODAL, REMOVE, ATOM__NET_WM_STATE_ABOVE, 0),
		CLIENT_MODAL);
	CHECK_INT(changed(CLIENT_ABOVE, TOGGLE, ATOM__NET_WM_STATE_ABOVE, 0), 0);
	CHECK_INT(changed(0, TOGGLE, ATOM__NET_WM_STATE_FULLSCREEN, 0), CLIENT_FULLSCREEN);
}

TEST(both_directions_make_one_maximized)
{
	enum atom vert = ATOM__NET_WM_STATE_MAXIMIZED_VERT;
	enum atom horz = ATOM__NET_WM_STATE_MAXIMIZED_HORZ;
	CHECK_INT(changed(0, TOGGLE, vert, horz), CLIENT_MAXIMIZED);
	CHECK_INT(changed(CLIENT_MAXIMIZED, TOGGLE, vert, horz), 0);
}

TEST(what_is_unknown_changes_nothing)
{
	CHECK_INT(changed(CLIENT_ABOVE, ADD, ATOM_WM_STATE, ATOM_COUNT), CLIENT_ABOVE);
	CHECK_INT(changed(CLIENT_ABOVE, 7, ATOM__NET_WM_STATE_MODAL, 0), CLIENT_ABOVE);
	CHECK_INT(states_of_atoms(atoms(), (const xcb_atom_t[]){XCB_ATOM_NONE}, 1), 0);
}

TEST(states_come_back_from_their_atoms)
{
	xcb_atom_t list[STATES_ATOMS_MAX];
	uint32_t all = CLIENT_MAXIMIZED | CLIENT_FULLSCREEN | CLIENT_MINIMIZED | CLIENT_ABOVE |
		       CLIENT_MODAL;
	uint32_t count = states_to_atoms(list, atoms(), all, true);
	CHECK(count <= STATES_ATOMS_MAX);
	CHECK_INT(states_of_atoms(atoms(), list, count), all);
	CHECK_INT(states_to_atoms(list, atoms(), 0, false), 0);
}

TEST_MAIN()
