// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_KEEPER_H
#define COMPOSITOR_GLUE_X11_KEEPER_H

/*
 * Starts the X server when the first application comes, with its window manager and its bell, and
 * attends them: a window manager that dies, or hangs, is followed by another, a server that ends
 * takes both along, and the next one is started when an application comes again.
 */
struct keeper {
	const char *server, *manager, *bell; // programs; the bell may be NULL
};

/* Returns only, with an exit code, when there is nothing to attend. */
int keeper_run(const struct keeper *keeper);

#endif
