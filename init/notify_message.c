// SPDX-License-Identifier: MIT
#include "init/notify_message.h"

#include <stdint.h>
#include <string.h>

#include "init/values.h"

static bool is_line(const char *line, size_t length, const char *text)
{
	return length == strlen(text) && memcmp(line, text, length) == 0;
}

/* What is shown on a terminal later must not steer it. */
static void take_status(struct notify_message *message, const char *text, size_t length)
{
	size_t kept = length < NOTIFY_STATUS_MAX - 1 ? length : NOTIFY_STATUS_MAX - 1;
	for (size_t i = 0; i < kept; i++) {
		bool is_control = (unsigned char)text[i] < ' ' || text[i] == 0x7f;
		message->status[i] = is_control ? '?' : text[i];
	}
	message->status[kept] = '\0';
	message->has_status = true;
}

static void take_pid(struct notify_message *message, const char *text, size_t length)
{
	char number[12];
	if (length < sizeof(number)) {
		memcpy(number, text, length);
		number[length] = '\0';
		(void)value_number(number, 2, INT32_MAX, &message->main_pid);
	}
}

/* As sd_listen_fds_with_names(3) can give them back. */
static void take_name(struct notify_message *message, const char *text, size_t length)
{
	if (length >= sizeof(message->fd_name)) {
		return;
	}
	for (size_t i = 0; i < length; i++) {
		if (text[i] <= ' ' || text[i] > '~' || text[i] == ':') {
			return;
		}
	}
	memcpy(message->fd_name, text, length);
	message->fd_name[length] = '\0';
}

static void take_line(struct notify_message *message, const char *line, size_t length)
{
	static const struct {
		const char *text;
		size_t flag; // offset
	} flags[] = {
		{"READY=1", offsetof(struct notify_message, is_ready)},
		{"STOPPING=1", offsetof(struct notify_message, is_stopping)},
		{"RELOADING=1", offsetof(struct notify_message, is_reloading)},
		{"WATCHDOG=1", offsetof(struct notify_message, is_alive)},
		{"WATCHDOG=trigger", offsetof(struct notify_message, has_failed)},
		{"FDSTORE=1", offsetof(struct notify_message, stores_fds)},
		{"FDSTOREREMOVE=1", offsetof(struct notify_message, removes_fds)},
	};
	static const struct {
		const char *text;
		void (*take)(struct notify_message *message, const char *text, size_t length);
	} values[] = {{"STATUS=", take_status}, {"MAINPID=", take_pid}, {"FDNAME=", take_name}};
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if (is_line(line, length, flags[i].text)) {
			*(bool *)((char *)message + flags[i].flag) = true;
		}
	}
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		size_t name = strlen(values[i].text);
		if (length >= name && memcmp(line, values[i].text, name) == 0) {
			values[i].take(message, line + name, length - name);
		}
	}
}

struct notify_message notify_message_parse(const char *data, size_t size)
{
	struct notify_message message = {0};
	size_t at = 0;
	while (at < size) {
		const char *line = data + at;
		const char *newline = memchr(line, '\n', size - at);
		size_t length = newline != NULL ? (size_t)(newline - line) : size - at;
		take_line(&message, line, length);
		at += length + 1;
	}
	return message;
}
