// SPDX-License-Identifier: MIT
#include "system-distro/vm/network.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static bool raise_interface(int fd, const char *name)
{
	struct ifreq request = {.ifr_flags = IFF_UP};
	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	return ioctl(fd, SIOCSIFFLAGS, &request) == 0;
}

static bool set_address(int fd, unsigned long what, struct in_addr address)
{
	struct ifreq request = {0};
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_addr = address};
	snprintf(request.ifr_name, sizeof(request.ifr_name), "eth0");
	memcpy(&request.ifr_addr, &in, sizeof(in));
	return ioctl(fd, what, &request) == 0;
}

bool network_set_up(const char *address, unsigned prefix)
{
	struct in_addr parsed, mask = {htonl(prefix != 0 ? UINT32_MAX << (32 - prefix) : 0)};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool ok = fd >= 0 && raise_interface(fd, "lo");
	if (ok && address[0] != '\0') {
		ok = inet_pton(AF_INET, address, &parsed) == 1 &&
		     set_address(fd, SIOCSIFADDR, parsed) &&
		     set_address(fd, SIOCSIFNETMASK, mask) && raise_interface(fd, "eth0");
	}
	if (fd >= 0) {
		close(fd);
	}
	return ok;
}
