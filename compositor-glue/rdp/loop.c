// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/loop.h"

#include <errno.h>
#include <limits.h>
#include <time.h>

int64_t loop_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void loop_begin(struct loop *loop)
{
	loop->count = 0;
	loop->deadline = LOOP_NEVER;
}

size_t loop_watch(struct loop *loop, int fd, short events)
{
	if (fd < 0 || loop->count == LOOP_WATCH_LIMIT) {
		return LOOP_NOT_WATCHED;
	}
	loop->watched[loop->count] = (struct pollfd){.fd = fd, .events = events};
	return loop->count++;
}

void loop_wake_at(struct loop *loop, int64_t when)
{
	if (when < loop->deadline) {
		loop->deadline = when;
	}
}

static int loop_timeout(const struct loop *loop)
{
	if (loop->deadline == LOOP_NEVER) {
		return -1;
	}
	int64_t left = loop->deadline - loop_now();
	if (left <= 0) {
		return 0;
	}
	return left > INT_MAX ? INT_MAX : (int)left;
}

int loop_wait(struct loop *loop)
{
	int got = poll(loop->watched, loop->count, loop_timeout(loop));
	if (got >= 0) {
		return 0;
	}
	if (errno != EINTR && errno != EAGAIN) {
		return -1;
	}
	for (size_t i = 0; i < loop->count; i++) {
		loop->watched[i].revents = 0;
	}
	return 0;
}

short loop_ready(const struct loop *loop, size_t key)
{
	return key < loop->count ? loop->watched[key].revents : 0;
}
