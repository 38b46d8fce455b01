// SPDX-License-Identifier: MIT
#include "init/notify.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "init/address.h"

#define DRAIN_MAX 64 // messages: who sends without end must not keep us from reaping

/* What came beside a message. */
struct attachment {
	pid_t pid; // who sent it, as the kernel says; 0 when it does not
	int fds[NOTIFY_FDS_MAX];
	size_t fd_count;
};

static void take_part(struct attachment *attachment, const struct cmsghdr *part)
{
	if (part->cmsg_level != SOL_SOCKET) {
		return;
	}
	if (part->cmsg_type == SCM_CREDENTIALS) {
		struct ucred sender;
		memcpy(&sender, CMSG_DATA(part), sizeof(sender));
		attachment->pid = sender.pid;
	} else if (part->cmsg_type == SCM_RIGHTS) {
		size_t size = part->cmsg_len - CMSG_LEN(0);
		memcpy(attachment->fds, CMSG_DATA(part), size);
		attachment->fd_count = size / sizeof(attachment->fds[0]);
	}
}

static bool handle_one(struct notify *notify)
{
	char data[NOTIFY_MESSAGE_MAX];
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(struct ucred)) +
					      CMSG_SPACE(NOTIFY_FDS_MAX * sizeof(int))];
	struct iovec part = {data, sizeof(data)};
	struct msghdr header = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	struct attachment attachment = {0};
	ssize_t size = recvmsg(notify->source.fd, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	if (size < 0) {
		return false;
	}
	for (struct cmsghdr *item = CMSG_FIRSTHDR(&header); item != NULL;
		item = CMSG_NXTHDR(&header, item)) {
		take_part(&attachment, item);
	}
	struct service *service = supervisor_sender(notify->supervisor, attachment.pid);
	if (attachment.pid > 0 && service != NULL && !(header.msg_flags & MSG_TRUNC)) {
		struct notify_message message = notify_message_parse(data, (size_t)size);
		service_notify(service, &message, attachment.fds, attachment.fd_count);
	}
	for (size_t i = 0; i < attachment.fd_count; i++) {
		if (attachment.fds[i] >= 0) {
			close(attachment.fds[i]);
		}
	}
	return true;
}

void notify_drain(struct notify *notify)
{
	for (int i = 0; i < DRAIN_MAX && handle_one(notify); i++) {
	}
}

static void handle_message(struct loop_source *source)
{
	(void)handle_one(source->data);
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
