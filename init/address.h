// SPDX-License-Identifier: MIT
#ifndef INIT_ADDRESS_H
#define INIT_ADDRESS_H

#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>

/* Where a socket listens. */
struct address {
	union {
		struct sockaddr any;
		struct sockaddr_un unix_path;
		struct sockaddr_in ipv4;
		struct sockaddr_in6 ipv6;
		struct sockaddr_vm vsock;
	};
	socklen_t size;
	unsigned last_port; // vsock: the first free one up to it; 0: just the one
};

/* The address of a socket file; false when `path` is too long for one. */
bool address_of_path(const char *path, struct address *ret_address);

/*
 * ListenStream=: /path, ADDR:PORT, [ADDR6]:PORT, PORT on every address of both families, or
 * vsock:CID:PORT, where no CID is any, and a PORT may be FIRST-LAST.
 */
bool address_parse(const char *text, struct address *ret_address);

#endif
