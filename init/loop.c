// SPDX-License-Identifier: MIT
#include "init/loop.h"

#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

int loop_init(struct loop *loop)
{
	loop->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	return loop->epoll_fd < 0 ? -errno : 0;
}

int loop_add(struct loop *loop, struct loop_source *source)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = source};
	return epoll_ctl(loop->epoll_fd, EPOLL_CTL_ADD, source->fd, &event) < 0 ? -errno : 0;
}

int loop_turn(struct loop *loop)
{
	struct epoll_event event;
	int count = epoll_wait(loop->epoll_fd, &event, 1, -1);
	if (count < 0) {
		return errno == EINTR ? 0 : -errno;
	}
	if (count == 1) {
		struct loop_source *source = event.data.ptr;
		source->ready(source);
	}
	return 0;
}

void loop_close(struct loop *loop, struct loop_source *source)
{
	if (source->fd >= 0) {
		(void)epoll_ctl(loop->epoll_fd, EPOLL_CTL_DEL, source->fd, NULL);
		close(source->fd);
		source->fd = -1;
	}
}
