// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/atoms.h"

#define ATOM_NAME(name) #name,
const char *const atoms_names[ATOM_COUNT] = {ATOMS(ATOM_NAME)};
#undef ATOM_NAME

enum atom atoms_find(const struct atoms *atoms, xcb_atom_t atom)
{
	int i = 0;
	while (i < ATOM_COUNT && (atom == XCB_ATOM_NONE || atoms->atom[i] != atom)) {
		i++;
	}
	return (enum atom)i;
}
