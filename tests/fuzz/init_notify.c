// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "init/notify_message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A datagram from a service: what is kept of it can be shown, and handed over again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > NOTIFY_MESSAGE_MAX) {
		return 0;
	}
	struct notify_message message = notify_message_parse((const char *)data, size);
	if (memchr(message.status, '\0', sizeof(message.status)) == NULL ||
		memchr(message.fd_name, '\0', sizeof(message.fd_name)) == NULL ||
		strchr(message.fd_name, ':') != NULL || message.main_pid < 0 ||
		message.main_pid == 1) {
		abort();
	}
	for (const char *c = message.status; *c != '\0'; c++) {
		if ((unsigned char)*c < ' ' || *c == 0x7f) {
			abort();
		}
	}
	return 0;
}
