// SPDX-License-Identifier: MIT
#include "init/log.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LOG_TEXT_MAX 2048 // below PIPE_BUF: a pipe takes it whole or not at all

void log_line(const char *name, const char *line, size_t length)
{
	char text[LOG_TEXT_MAX];
	int prefix = snprintf(text, sizeof(text), "%s: ", name);
	if (prefix < 0 || (size_t)prefix > sizeof(text) / 2) {
		return;
	}
	size_t used = (size_t)prefix, room = sizeof(text) - used - 1;
	length = length < room ? length : room;
	memcpy(text + used, line, length);
	text[used + length] = '\n';
	/* PID 1 must not wait for whoever reads its log. */
	struct pollfd ready = {.fd = STDERR_FILENO, .events = POLLOUT};
	if (poll(&ready, 1, 0) == 1 && (ready.revents & POLLOUT)) {
		(void)!write(STDERR_FILENO, text, used + length + 1);
	}
}

void log_say(const char *format, ...)
{
	char text[LOG_TEXT_MAX / 2];
	va_list args;
	va_start(args, format);
	int length = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (length > 0) {
		size_t kept = (size_t)length < sizeof(text) ? (size_t)length : sizeof(text) - 1;
		log_line("sill-init", text, kept);
	}
}
