// SPDX-License-Identifier: MIT
/*
 * sill-x11 XWAYLAND MANAGER [BELL]: X11 for applications. On the sockets that init hands over it
 * starts that X server when somebody comes, its window manager, and what rings its bell.
 */
#include <stdio.h>

#include "compositor-glue/x11/keeper.h"

int main(int argc, char **argv)
{
	if (argc != 3 && argc != 4) {
		fputs("usage: sill-x11 XWAYLAND MANAGER [BELL]\n", stderr);
		return 2;
	}
	/* argv ends with NULL. */
	const struct keeper keeper = {.server = argv[1], .manager = argv[2], .bell = argv[3]};
	return keeper_run(&keeper);
}
