// SPDX-License-Identifier: MIT
#include "init/notify_message.h"

#include <string.h>

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

struct notify_message notify_message_parse(const char *data, size_t size)
{
	static const char status[] = "STATUS=";
	struct notify_message message = {0};
	size_t at = 0;
	while (at < size) {
		const char *line = data + at;
		const char *newline = memchr(line, '\n', size - at);
		size_t length = newline != NULL ? (size_t)(newline - line) : size - at;
		if (is_line(line, length, "READY=1")) {
			message.is_ready = true;
		} else if (is_line(line, length, "STOPPING=1")) {
			message.is_stopping = true;
		} else if (length >= strlen(status) && memcmp(line, status, strlen(status)) == 0) {
			take_status(&message, line + strlen(status), length - strlen(status));
		}
		at += length + 1;
	}
	return message;
}
