// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_LISTENERS_H
#define COMPOSITOR_GLUE_X11_LISTENERS_H

#include <stdbool.h>

#define LISTENERS_MAX 4
#define LISTENERS_DISPLAY_SIZE 128 /* a socket's path, and what makes a display's name of it */

/* The sockets that X11 applications come by. init made them, so that none is ever refused. */
struct listeners {
	int count;
	int fd[LISTENERS_MAX];
	char display[LISTENERS_DISPLAY_SIZE]; // as libxcb takes it
};

/* Those that init handed over; false, and said why, when there is none. */
bool listeners_take(struct listeners *listeners);
/* Until somebody wants to connect. */
void listeners_wait(const struct listeners *listeners);
/* In a process that has nothing to do with them. */
void listeners_close(const struct listeners *listeners);

#endif
