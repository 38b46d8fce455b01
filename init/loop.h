// SPDX-License-Identifier: MIT
#ifndef INIT_LOOP_H
#define INIT_LOOP_H

/* Something to wait for; lives in what `data` points to. */
struct loop_source {
	int fd; // -1 while it is not in a loop
	void (*ready)(struct loop_source *source);
	void *data;
};

struct loop {
	int epoll_fd;
};

/* All of these: 0 or -errno. */
int loop_init(struct loop *loop);
int loop_add(struct loop *loop, struct loop_source *source);

/* Waits for one source and calls it. One at a time, so that none can be stale. */
int loop_turn(struct loop *loop);

/* Takes the source out and closes its fd. */
void loop_close(struct loop *loop, struct loop_source *source);

#endif
