// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_LOOP_H
#define COMPOSITOR_GLUE_RDP_LOOP_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One round of poll(). FreeRDP's event handles come and go while a client connects, so the set is
 * built anew for each round: the parts watch what they wait for, one wait, the parts look.
 */

#define LOOP_WATCH_LIMIT 64
#define LOOP_NEVER INT64_MAX
#define LOOP_NOT_WATCHED SIZE_MAX

struct loop {
	struct pollfd watched[LOOP_WATCH_LIMIT];
	size_t count;
	int64_t deadline;
};

/* Milliseconds of the monotonic clock. */
int64_t loop_now(void);

void loop_begin(struct loop *loop);

/* The key is for loop_ready; LOOP_NOT_WATCHED when the set is full. */
size_t loop_watch(struct loop *loop, int fd, short events);

/* Wakes the round at that time at the latest. */
void loop_wake_at(struct loop *loop, int64_t when);

/* 0, or -1 with errno. */
int loop_wait(struct loop *loop);

short loop_ready(const struct loop *loop, size_t key);

#endif
