// SPDX-License-Identifier: MIT
#ifndef INIT_NOTIFY_MESSAGE_H
#define INIT_NOTIFY_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#define NOTIFY_MESSAGE_MAX 4096
#define NOTIFY_STATUS_MAX 128

/* What we take from an sd_notify(3) message; the rest is left alone. */
struct notify_message {
	bool is_ready;
	bool is_stopping;
	bool has_status;
	char status[NOTIFY_STATUS_MAX];
};

struct notify_message notify_message_parse(const char *data, size_t size);

#endif
