// SPDX-License-Identifier: MIT
#include "init/address.h"

#include <arpa/inet.h>
#include <string.h>

#include "init/values.h"

static bool parse_port(const char *text, in_port_t *ret_port)
{
	long port;
	if (!value_number(text, 1, 65535, &port)) {
		return false;
	}
	*ret_port = htons((in_port_t)port);
	return true;
}

bool address_of_path(const char *path, struct address *ret_address)
{
	size_t length = strlen(path);
	if (length >= sizeof(ret_address->unix_path.sun_path)) {
		return false;
	}
	*ret_address = (struct address){.size = sizeof(ret_address->unix_path)};
	ret_address->unix_path.sun_family = AF_UNIX;
	memcpy(ret_address->unix_path.sun_path, path, length + 1);
	return true;
}

/* The part between `text` and `end` is an address of `family`. */
static bool parse_host(int family, const char *text, const char *end, void *ret_host)
{
	char host[INET6_ADDRSTRLEN];
	size_t length = (size_t)(end - text);
	if (length >= sizeof(host)) {
		return false;
	}
	memcpy(host, text, length);
	host[length] = '\0';
	return inet_pton(family, host, ret_host) == 1;
}

static bool parse_ipv4(const char *text, struct address *address)
{
	const char *colon = strrchr(text, ':');
	address->ipv4.sin_family = AF_INET;
	address->size = sizeof(address->ipv4);
	return colon != NULL && parse_host(AF_INET, text, colon, &address->ipv4.sin_addr) &&
	       parse_port(colon + 1, &address->ipv4.sin_port);
}

static bool parse_ipv6(const char *text, struct address *address)
{
	const char *bracket = strchr(text, ']');
	address->ipv6.sin6_family = AF_INET6;
	address->size = sizeof(address->ipv6);
	return bracket != NULL && bracket[1] == ':' &&
	       parse_host(AF_INET6, text + 1, bracket, &address->ipv6.sin6_addr) &&
	       parse_port(bracket + 2, &address->ipv6.sin6_port);
}

static bool parse_vsock(const char *text, struct address *address)
{
	const char *end;
	uint64_t cid = value_digits(text, &end);
	address->vsock.svm_family = AF_VSOCK;
	address->vsock.svm_cid = end == text ? VMADDR_CID_ANY : (unsigned)cid;
	address->size = sizeof(address->vsock);
	if (cid > UINT32_MAX || *end != ':') {
		return false;
	}
	text = end + 1;
	uint64_t port = value_digits(text, &end), last = port;
	if (end == text) {
		return false;
	}
	if (*end == '-') {
		text = end + 1;
		last = value_digits(text, &end);
		address->last_port = (unsigned)last;
	}
	address->vsock.svm_port = (unsigned)port;
	return end != text && *end == '\0' && port <= last && last < VMADDR_PORT_ANY;
}

bool address_parse(const char *text, struct address *ret_address)
{
	struct address address = {.size = sizeof(address.ipv6)};
	bool is_valid;
	if (*text == '/') {
		is_valid = address_of_path(text, &address);
	} else if (strncmp(text, "vsock:", 6) == 0) {
		is_valid = parse_vsock(text + 6, &address);
	} else if (*text == '[') {
		is_valid = parse_ipv6(text, &address);
	} else if (strchr(text, ':') != NULL) {
		is_valid = parse_ipv4(text, &address);
	} else {
		address.ipv6.sin6_family = AF_INET6;
		is_valid = parse_port(text, &address.ipv6.sin6_port);
	}
	if (is_valid) {
		*ret_address = address;
	}
	return is_valid;
}
