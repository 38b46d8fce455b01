// SPDX-License-Identifier: MIT
#include "init/log.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "init/format.h"

#define LOG_TEXT_MAX 2048 // below PIPE_BUF: a pipe takes it whole or not at all
#define KERNEL_TEXT_MAX 1000 // the kernel's log refuses what is above 1024

static int kernel_fd = -1;

void log_to_kernel(void)
{
	/* Ten lines in five seconds is what it takes otherwise. It wants the line's end, too. */
	int limit_fd = open("/proc/sys/kernel/printk_devkmsg", O_WRONLY | O_CLOEXEC);
	if (limit_fd >= 0) {
		(void)!write(limit_fd, "on\n", 3);
		close(limit_fd);
	}
	kernel_fd = open("/dev/kmsg", O_WRONLY | O_CLOEXEC | O_NONBLOCK);
}

/* PID 1 must not wait for whoever reads its log. */
static void write_out(const char *text, size_t size)
{
	struct pollfd ready = {.fd = STDERR_FILENO, .events = POLLOUT};
	if (kernel_fd >= 0) {
		(void)!write(kernel_fd, text, size < KERNEL_TEXT_MAX ? size : KERNEL_TEXT_MAX);
	} else if (poll(&ready, 1, 0) == 1 && (ready.revents & POLLOUT)) {
		(void)!write(STDERR_FILENO, text, size);
	}
}

void log_line(const char *name, const char *line, size_t length)
{
	char text[LOG_TEXT_MAX];
	size_t used = format_text(text, sizeof(text), "%s: ", name);
	if (used > sizeof(text) / 2) {
		return;
	}
	size_t room = sizeof(text) - used - 1;
	length = length < room ? length : room;
	memcpy(text + used, line, length);
	text[used + length] = '\n';
	write_out(text, used + length + 1);
}

void log_say(const char *format, ...)
{
	char text[LOG_TEXT_MAX / 2];
	va_list args;
	va_start(args, format);
	size_t length = format_list(text, sizeof(text), format, args);
	va_end(args);
	log_line("sill-init", text, length < sizeof(text) ? length : sizeof(text) - 1);
}
