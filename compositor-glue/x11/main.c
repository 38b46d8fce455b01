// SPDX-License-Identifier: MIT
/*
 * sill-x11 DISPLAY: the X11 window manager. Begins anew when it dies itself, ends with Xwayland,
 * and does not keep it alive.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "compositor-glue/x11/keeper.h"
#include "compositor-glue/x11/worker.h"

static int work(const char *display)
{
	return worker_run(display, -1);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: sill-x11 DISPLAY\n", stderr);
		return 2;
	}
	/* What is Xwayland's was inherited: its connection to the compositor, for one. */
	unsetenv("WAYLAND_SOCKET");
	if (close_range(STDERR_FILENO + 1, ~0U, 0) < 0) {
		perror("sill-x11: close_range");
		return 1;
	}
	keeper_run(work, argv[1]);
	return 0;
}
