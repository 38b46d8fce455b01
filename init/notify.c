// SPDX-License-Identifier: MIT
#include "init/notify.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "init/address.h"

/* Who sent it, as the kernel says; 0 when it does not. Fds that came along are closed. */
static pid_t take_control(struct msghdr *header)
{
	pid_t pid = 0;
	for (struct cmsghdr *part = CMSG_FIRSTHDR(header); part != NULL;
		part = CMSG_NXTHDR(header, part)) {
		if (part->cmsg_level != SOL_SOCKET) {
			continue;
		}
		if (part->cmsg_type == SCM_CREDENTIALS) {
			struct ucred sender;
			memcpy(&sender, CMSG_DATA(part), sizeof(sender));
			pid = sender.pid;
		} else if (part->cmsg_type == SCM_RIGHTS) {
			int fd;
			size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(fd);
			for (size_t i = 0; i < count; i++) {
				memcpy(&fd, CMSG_DATA(part) + i * sizeof(fd), sizeof(fd));
				close(fd);
			}
		}
	}
	return pid;
}

static void handle_message(struct loop_source *source)
{
	struct notify *notify = source->data;
	char data[NOTIFY_MESSAGE_MAX];
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(struct ucred)) + CMSG_SPACE(64)];
	struct iovec part = {data, sizeof(data)};
	struct msghdr header = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	ssize_t size = recvmsg(source->fd, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	if (size < 0) {
		return;
	}
	pid_t pid = take_control(&header);
	if (pid > 0 && !(header.msg_flags & MSG_TRUNC)) {
		struct notify_message message = notify_message_parse(data, (size_t)size);
		supervisor_notify(notify->supervisor, pid, &message);
	}
}

/* Services have other uids than init, so everyone may send; the sender's pid decides. */
static int bind_open(int fd, const char *path)
{
	const int on = 1;
	struct address address;
	if (!address_of_path(path, &address)) {
		return -ENAMETOOLONG;
	}
	if ((unlink(path) < 0 && errno != ENOENT) ||
		setsockopt(fd, SOL_SOCKET, SO_PASSCRED, &on, sizeof(on)) < 0 ||
		bind(fd, &address.any, address.size) < 0 || chmod(path, 0666) < 0) {
		return -errno;
	}
	return 0;
}

int notify_init(struct notify *notify, struct supervisor *supervisor, const char *path)
{
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		return -errno;
	}
	int result = bind_open(fd, path);
	if (result < 0) {
		close(fd);
		return result;
	}
	notify->source = (struct loop_source){fd, handle_message, notify};
	notify->supervisor = supervisor;
	return loop_add(supervisor->host.loop, &notify->source);
}
