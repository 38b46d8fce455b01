// SPDX-License-Identifier: MIT
/*
 * sill-x11-wm DISPLAY X11-FD KEEPER-FD: the window manager of that X server, to which the first
 * descriptor is a connection; by the other one sill-x11, which starts it, asks whether it lives.
 */
#include <stdio.h>
#include <stdlib.h>

#include "compositor-glue/x11/worker.h"

int main(int argc, char **argv)
{
	if (argc != 4) {
		fputs("usage: sill-x11-wm DISPLAY X11-FD KEEPER-FD, by sill-x11\n", stderr);
		return 2;
	}
	return worker_run(argv[1], atoi(argv[2]), atoi(argv[3]));
}
