// SPDX-License-Identifier: MIT
#include "init/listen.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "init/directory.h"

static int finish(int fd, long backlog)
{
	if (listen(fd, (int)backlog) < 0) {
		int error = errno;
		close(fd);
		return -error;
	}
	return fd;
}

static int close_failed(int fd)
{
	int error = errno;
	close(fd);
	return -error;
}

/* The umask makes the mode: the socket is never more open, not even for a moment. */
static int bind_path(int fd, const struct address *address, const struct socket_config *config,
	const struct identity *owner)
{
	mode_t old = umask(0777 & ~(mode_t)config->mode);
	int result = bind(fd, &address->any, address->size);
	(void)umask(old);
	if (result < 0 || !owner->is_switched) {
		return result;
	}
	return lchown(address->unix_path.sun_path, owner->account.uid, owner->account.gid);
}

/* Left behind by an init that was killed. Anything but a socket stays, and is in the way. */
static void remove_stale(const char *path)
{
	struct stat found;
	if (lstat(path, &found) == 0 && S_ISSOCK(found.st_mode)) {
		(void)unlink(path);
	}
}

static int open_path(const struct socket_config *config, const struct listen_config *listen,
	const struct identity *owner)
{
	const char *path = listen->address.unix_path.sun_path;
	int result = directory_make_parents(path, config->directory_mode);
	if (result < 0) {
		return result;
	}
	int fd = socket(AF_UNIX, listen->type | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		return -errno;
	}
	remove_stale(path);
	if (bind_path(fd, &listen->address, config, owner) < 0) {
		return close_failed(fd);
	}
	return finish(fd, config->backlog);
}

static int open_inet(const struct address *address, long backlog)
{
	const int on = 1, off = 0;
	int fd = socket(address->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		return -errno;
	}
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (address->any.sa_family == AF_INET6) {
		(void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
	}
	if (bind(fd, &address->any, address->size) < 0) {
		return close_failed(fd);
	}
	return finish(fd, backlog);
}

/* The first port that is free: others on this machine's VM may have taken some. */
static int open_vsock(const struct address *address, long backlog)
{
	struct address tried = *address;
	int fd;
	do {
		fd = open_inet(&tried, backlog);
	} while (fd == -EADDRINUSE && tried.vsock.svm_port++ < address->last_port);
	return fd;
}

/* A bare port means every address; a kernel without IPv6 still has the other half of them. */
static bool is_bare_port(const struct listen_config *listen)
{
	return listen->text.text[0] >= '0' && listen->text.text[0] <= '9' &&
	       listen->address.any.sa_family == AF_INET6;
}

int listen_open(const struct socket_config *config, const struct listen_config *listen,
	const struct identity *owner)
{
	if (listen->address.any.sa_family == AF_UNIX) {
		return open_path(config, listen, owner);
	}
	if (listen->address.any.sa_family == AF_VSOCK) {
		return open_vsock(&listen->address, config->backlog);
	}
	int fd = open_inet(&listen->address, config->backlog);
	if ((fd == -EAFNOSUPPORT || fd == -EADDRNOTAVAIL) && is_bare_port(listen)) {
		struct address ipv4 = {.size = sizeof(ipv4.ipv4)};
		ipv4.ipv4.sin_family = AF_INET;
		ipv4.ipv4.sin_port = listen->address.ipv6.sin6_port;
		fd = open_inet(&ipv4, config->backlog);
	}
	return fd;
}
