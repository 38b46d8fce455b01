// SPDX-License-Identifier: MIT
#ifndef INIT_NOTIFY_MESSAGE_H
#define INIT_NOTIFY_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#define NOTIFY_MESSAGE_MAX 4096
#define NOTIFY_STATUS_MAX 128
#define NOTIFY_NAME_MAX 32
#define NOTIFY_FDS_MAX 8 // in one message

/* What we take from an sd_notify(3) message; the rest is left alone. */
struct notify_message {
	bool is_ready;
	bool is_stopping;
	bool is_reloading;
	bool is_alive; // WATCHDOG=1
	bool has_failed; // WATCHDOG=trigger
	bool stores_fds, removes_fds;
	long main_pid; // 0: not given
	char fd_name[NOTIFY_NAME_MAX]; // empty: not given
	bool has_status;
	char status[NOTIFY_STATUS_MAX];
};

struct notify_message notify_message_parse(const char *data, size_t size);

#endif
