// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/vm_sockets.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "compositor-glue/rdp/log.h"

#define FIRST_INHERITED 3
#define INHERITED_LIMIT 16
#define WHERE_LIMIT 256

/* Whether that is what LISTEN_FDNAMES, a colon-separated list, has at `index`. */
static bool has_name(const char *names, long index, const char *name)
{
	size_t length = strlen(name);
	for (; names != NULL && index > 0; index--) {
		names = strchr(names, ':');
		names = names != NULL ? names + 1 : NULL;
	}
	return names != NULL && strncmp(names, name, length) == 0 &&
	       (names[length] == ':' || names[length] == '\0');
}

static bool prepare(int fd)
{
	int flags = fcntl(fd, F_GETFL);
	return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0 &&
	       fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

static long inherited_count(void)
{
	const char *pid = getenv("LISTEN_PID");
	const char *count = getenv("LISTEN_FDS");
	if (pid == NULL || count == NULL || strtol(pid, NULL, 10) != getpid()) {
		return 0;
	}
	long fds = strtol(count, NULL, 10);
	return fds < INHERITED_LIMIT ? fds : INHERITED_LIMIT;
}

bool listener_inherit(struct listener *listener, const char *name)
{
	const char *names = getenv("LISTEN_FDNAMES");
	long fds = inherited_count();
	listener->count = 0;
	for (long i = 0; i < fds; i++) {
		int fd = FIRST_INHERITED + (int)i;
		if ((names == NULL || has_name(names, i, name)) &&
			listener->count < LISTENER_SOCKET_LIMIT && prepare(fd)) {
			listener->fds[listener->count++] = fd;
		}
	}
	return listener->count > 0;
}

/* Splits in place; the address of ":PORT" is empty and means all. */
static bool split(char *where, const char **host, const char **port)
{
	char *colon = strrchr(where, ':');
	if (colon == NULL || colon[1] == '\0') {
		return false;
	}
	*colon = '\0';
	*port = colon + 1;
	*host = where;
	if (where[0] == '[' && colon > where + 1 && colon[-1] == ']') {
		colon[-1] = '\0';
		*host = where + 1;
	}
	return true;
}

static int open_at(const struct addrinfo *info)
{
	int one = 1;
	int fd = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) {
		return -1;
	}
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) < 0 ||
		bind(fd, info->ai_addr, info->ai_addrlen) < 0 || listen(fd, SOMAXCONN) < 0) {
		int saved = errno;
		close(fd);
		errno = saved;
		return -1;
	}
	return fd;
}

bool listener_open(struct listener *listener, const char *where)
{
	char copy[WHERE_LIMIT];
	const char *host, *port;
	struct addrinfo hints = {
		.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM,
	};
	struct addrinfo *info;
	if ((size_t)snprintf(copy, sizeof(copy), "%s", where) >= sizeof(copy) ||
		!split(copy, &host, &port)) {
		log_line("--listen=%s: not ADDRESS:PORT", where);
		return false;
	}
	int error = getaddrinfo(host[0] != '\0' ? host : NULL, port, &hints, &info);
	if (error != 0) {
		log_line("--listen=%s: %s", where, gai_strerror(error));
		return false;
	}
	int fd = open_at(info);
	if (fd < 0) {
		log_line("--listen=%s: %s", where, strerror(errno));
	}
	freeaddrinfo(info);
	*listener = (struct listener){{fd}, fd >= 0};
	return fd >= 0;
}

void listener_close(struct listener *listener)
{
	while (listener->count > 0) {
		close(listener->fds[--listener->count]);
	}
}

static void describe(const struct sockaddr_storage *from, struct origin *origin)
{
	char text[INET6_ADDRSTRLEN] = "";
	uint8_t *bytes = origin->address.bytes;
	if (from->ss_family == AF_INET) {
		const struct sockaddr_in *in = (const struct sockaddr_in *)from;
		bytes[10] = bytes[11] = 0xff;
		memcpy(bytes + 12, &in->sin_addr, 4);
		inet_ntop(AF_INET, &in->sin_addr, text, sizeof(text));
		snprintf(origin->name, sizeof(origin->name), "%s:%u", text, ntohs(in->sin_port));
	} else if (from->ss_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)from;
		memcpy(bytes, &in6->sin6_addr, 16);
		inet_ntop(AF_INET6, &in6->sin6_addr, text, sizeof(text));
		snprintf(
			origin->name, sizeof(origin->name), "[%s]:%u", text, ntohs(in6->sin6_port));
	} else if (from->ss_family == AF_VSOCK) {
		const struct sockaddr_vm *vm = (const struct sockaddr_vm *)from;
		memcpy(bytes + 12, &vm->svm_cid, 4);
		origin->is_host = vm->svm_cid == VMADDR_CID_HOST;
		snprintf(origin->name, sizeof(origin->name), "vsock:%u:%u", vm->svm_cid,
			vm->svm_port);
	} else {
		snprintf(origin->name, sizeof(origin->name), "local socket");
	}
}

int listener_accept(int fd, struct origin *ret_origin)
{
	struct sockaddr_storage from = {0};
	socklen_t length = sizeof(from);
	int connection = accept4(fd, (struct sockaddr *)&from, &length, SOCK_CLOEXEC);
	if (connection >= 0) {
		*ret_origin = (struct origin){0};
		describe(&from, ret_origin);
	}
	return connection;
}
