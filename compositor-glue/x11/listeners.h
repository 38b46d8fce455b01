// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_LISTENERS_H
#define COMPOSITOR_GLUE_X11_LISTENERS_H

#include <stdbool.h>

#define LISTENERS_MAX 4
#define LISTENERS_DISPLAY_SIZE                                                                     \
	128 /* what makes a display's name of a socket's path, and the path */

/* The sockets that X11 applications come by. init made them, so that none is ever refused. */
struct listeners {
	int count;
	int fd[LISTENERS_MAX];
	char display[LISTENERS_DISPLAY_SIZE]; // as libxcb takes it
	const char *path; // of the first of them, in there
};

/* Those that init handed over; false, and said why, when there is none. */
bool listeners_take(struct listeners *listeners);
/* Until somebody wants to connect. */
void listeners_wait(const struct listeners *listeners);

#endif
