// SPDX-License-Identifier: MIT
/*
 * sill-x11 XWAYLAND [BELL]: X11 for applications. On the sockets that init hands over it starts
 * that X server when somebody comes, is its window manager, and starts what rings its bell.
 */
#include <stdio.h>

#include "compositor-glue/x11/keeper.h"
#include "compositor-glue/x11/worker.h"

int main(int argc, char **argv)
{
	if (argc != 2 && argc != 3) {
		fputs("usage: sill-x11 XWAYLAND [BELL]\n", stderr);
		return 2;
	}
	/* argv ends with NULL. */
	const struct keeper keeper = {.server = argv[1], .bell = argv[2], .manage = worker_run};
	return keeper_run(&keeper);
}
