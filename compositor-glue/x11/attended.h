// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_ATTENDED_H
#define COMPOSITOR_GLUE_X11_ATTENDED_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct listeners;

/* One that was told that there is something to do, and says nothing for so long, hangs. */
#define ATTENDED_PATIENCE_MS 10000
#define ATTENDED_LOOK_MS                                                                           \
	2000 /* one that was asked is looked after so often until it has answered */
#define ATTENDED_FDS 2 /* its connections */

enum attended_state {
	ATTENDED_NONE, // there is no process
	ATTENDED_AT_REST, // nothing is there for it to read
	ATTENDED_ASKED, // something was, and it was asked whether it lives
	ATTENDED_ENDING, // it was killed
};

/*
 * The window manager, a process of its own. Its connections are held here as well, not to use them
 * but to see when something waits in them: only then is it asked for a sign of life, so that nobody
 * wakes up while nothing happens.
 */
struct attended {
	pid_t pid;
	enum attended_state state;
	int fds[ATTENDED_FDS]; // to the X server and the compositor
	int line; // it says a byte when it manages the windows, and one when it is asked
	bool has_managed;
	int64_t look, until; // while it is asked: the next time, and the last one
};

/*
 * x11_fd is its connection to the X server, owned from now on; -1 for one to be made. False when it
 * could not be started.
 */
bool attended_start(struct attended *attended, const char *program,
	const struct listeners *listeners, int x11_fd);
/* What to wait for reading from, beside its end; returns how many. */
size_t attended_poll(const struct attended *attended, struct pollfd fds[ATTENDED_FDS]);
/* When to look after it at the latest; CLOCK_NEVER while it is at rest. */
int64_t attended_due(const struct attended *attended);
/* After waiting, of which it takes what was polled; one that hangs is killed, which is said. */
void attended_look(struct attended *attended, const struct pollfd *fds, size_t count, int64_t now);
/* Of one that has ended. */
void attended_finish(struct attended *attended);

#endif
