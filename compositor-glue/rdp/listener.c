// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
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
#define SOCKET_NAME "rdp"
#define WHERE_LIMIT 256

/* The index of our name in LISTEN_FDNAMES, a colon-separated list; 0 when there are no names. */
static int name_index(const char *names)
{
	size_t length = strlen(SOCKET_NAME);
	int index = 0;
	while (names != NULL) {
		if (strncmp(names, SOCKET_NAME, length) == 0 &&
			(names[length] == ':' || names[length] == '\0')) {
			return index;
		}
		names = strchr(names, ':');
		names = names != NULL ? names + 1 : NULL;
		index++;
	}
	return 0;
}

static bool prepare(int fd)
{
	int flags = fcntl(fd, F_GETFL);
	return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0 &&
	       fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

int listener_inherit(void)
{
	const char *pid = getenv("LISTEN_PID");
	const char *count = getenv("LISTEN_FDS");
	if (pid == NULL || count == NULL || strtol(pid, NULL, 10) != getpid()) {
		return -1;
	}
	long fds = strtol(count, NULL, 10);
	int index = name_index(getenv("LISTEN_FDNAMES"));
	if (fds < 1 || fds > INHERITED_LIMIT || index >= fds) {
		return -1;
	}
	return prepare(FIRST_INHERITED + index) ? FIRST_INHERITED + index : -1;
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

int listener_open(const char *where)
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
		return -1;
	}
	int error = getaddrinfo(host[0] != '\0' ? host : NULL, port, &hints, &info);
	if (error != 0) {
		log_line("--listen=%s: %s", where, gai_strerror(error));
		return -1;
	}
	int fd = open_at(info);
	if (fd < 0) {
		log_line("--listen=%s: %s", where, strerror(errno));
	}
	freeaddrinfo(info);
	return fd;
}

static void describe(const struct sockaddr_storage *from, struct throttle_address *address,
	char name[LISTENER_NAME_LIMIT])
{
	char text[INET6_ADDRSTRLEN] = "";
	memset(address, 0, sizeof(*address));
	if (from->ss_family == AF_INET) {
		const struct sockaddr_in *in = (const struct sockaddr_in *)from;
		address->bytes[10] = address->bytes[11] = 0xff;
		memcpy(address->bytes + 12, &in->sin_addr, 4);
		inet_ntop(AF_INET, &in->sin_addr, text, sizeof(text));
		snprintf(name, LISTENER_NAME_LIMIT, "%s:%u", text, ntohs(in->sin_port));
	} else if (from->ss_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)from;
		memcpy(address->bytes, &in6->sin6_addr, 16);
		inet_ntop(AF_INET6, &in6->sin6_addr, text, sizeof(text));
		snprintf(name, LISTENER_NAME_LIMIT, "[%s]:%u", text, ntohs(in6->sin6_port));
	} else {
		snprintf(name, LISTENER_NAME_LIMIT, "local socket");
	}
}

int listener_accept(int fd, struct throttle_address *address, char name[LISTENER_NAME_LIMIT])
{
	struct sockaddr_storage from = {0};
	socklen_t length = sizeof(from);
	int connection = accept4(fd, (struct sockaddr *)&from, &length, SOCK_CLOEXEC);
	if (connection >= 0) {
		describe(&from, address, name);
	}
	return connection;
}
