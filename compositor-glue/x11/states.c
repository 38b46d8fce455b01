// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/states.h"

/* The first word of the message */
enum {
	ACTION_REMOVE = 0,
	ACTION_ADD = 1,
	ACTION_TOGGLE = 2,
};

static const struct {
	enum atom atom;
	uint32_t bit;
} bits[] = {
	{ATOM__NET_WM_STATE_MAXIMIZED_VERT, CLIENT_MAXIMIZED},
	{ATOM__NET_WM_STATE_MAXIMIZED_HORZ, CLIENT_MAXIMIZED},
	{ATOM__NET_WM_STATE_FULLSCREEN, CLIENT_FULLSCREEN},
	{ATOM__NET_WM_STATE_HIDDEN, CLIENT_MINIMIZED},
	{ATOM__NET_WM_STATE_ABOVE, CLIENT_ABOVE},
	{ATOM__NET_WM_STATE_MODAL, CLIENT_MODAL},
};
#define BITS_COUNT (sizeof(bits) / sizeof(bits[0]))

uint32_t states_of_atoms(const struct atoms *atoms, const xcb_atom_t *list, size_t count)
{
	uint32_t state = 0;
	for (size_t i = 0; i < count; i++) {
		enum atom atom = atoms_find(atoms, list[i]);
		for (size_t j = 0; j < BITS_COUNT; j++) {
			state |= bits[j].atom == atom ? bits[j].bit : 0;
		}
	}
	return state;
}

uint32_t states_changed(const struct atoms *atoms, uint32_t now, const uint32_t words[3])
{
	uint32_t named = states_of_atoms(atoms, words + 1, 2);
	switch (words[0]) {
	case ACTION_REMOVE:
		return now & ~named;
	case ACTION_ADD:
		return now | named;
	case ACTION_TOGGLE:
		return now ^ named;
	default:
		return now;
	}
}

uint32_t states_to_atoms(xcb_atom_t list[STATES_ATOMS_MAX], const struct atoms *atoms,
	uint32_t states, bool is_active)
{
	uint32_t count = 0;
	for (size_t i = 0; i < BITS_COUNT; i++) {
		if ((states & bits[i].bit) != 0) {
			list[count++] = atoms->atom[bits[i].atom];
		}
	}
	if (is_active) {
		list[count++] = atoms->atom[ATOM__NET_WM_STATE_FOCUSED];
	}
	return count;
}
