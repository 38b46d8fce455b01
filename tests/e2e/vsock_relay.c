// SPDX-License-Identifier: MIT
/*
 * Carries what comes in over TCP to a vsock port of the same machine: QEMU forwards the one, and
 * what is tested listens on the other.
 *
 *   vsock_relay TCP-PORT VSOCK-PORT
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOCAL 1 // linux/vm_sockets.h has a name for it only since 5.6

static void give_up(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

static int listen_tcp(uint16_t port)
{
	const struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind(fd, (const struct sockaddr *)&address, sizeof(address)) < 0 ||
		listen(fd, 16) < 0) {
		give_up("TCP");
	}
	return fd;
}

static int connect_vsock(uint32_t port)
{
	const struct sockaddr_vm address = {
		.svm_family = AF_VSOCK, .svm_cid = LOCAL, .svm_port = port};
	int fd = socket(AF_VSOCK, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof(address)) < 0) {
		give_up("vsock");
	}
	return fd;
}

/* False when the one side has nothing more to say, or the other does not listen. */
static bool carry(int from, int to)
{
	char data[65536];
	ssize_t size = read(from, data, sizeof(data)), done = 0;
	while (done < size) {
		ssize_t n = send(to, data + done, (size_t)(size - done), MSG_NOSIGNAL);
		if (n < 0) {
			return false;
		}
		done += n;
	}
	return size > 0;
}

static void relay(int client, uint32_t port)
{
	int server = connect_vsock(port);
	struct pollfd fds[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
	printf("a connection from TCP to vsock %d:%u\n", LOCAL, port);
	fflush(stdout);
	while (poll(fds, 2, -1) > 0) {
		if ((fds[0].revents != 0 && !carry(client, server)) ||
			(fds[1].revents != 0 && !carry(server, client))) {
			break;
		}
	}
	close(server);
}

int main(int argc, char *argv[])
{
	if (argc != 3) {
		return 2;
	}
	signal(SIGCHLD, SIG_IGN);
	int listener = listen_tcp((uint16_t)atoi(argv[1]));
	for (;;) {
		int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
		if (client < 0) {
			give_up("accept");
		}
		if (fork() == 0) {
			relay(client, (uint32_t)atoi(argv[2]));
			return 0;
		}
		close(client);
	}
}
