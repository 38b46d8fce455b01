// SPDX-License-Identifier: MIT
#include "system-distro/sill/report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 1, 0))) static void print(
	const char *format, va_list args, const char *reason)
{
	char line[1024];
	vsnprintf(line, sizeof(line), format, args);
	fprintf(stderr, "sill: %s%s%s\n", line, reason != NULL ? ": " : "",
		reason != NULL ? reason : "");
}

void report(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	print(format, args, NULL);
	va_end(args);
}

void report_errno(const char *format, ...)
{
	int saved = errno;
	va_list args;
	va_start(args, format);
	print(format, args, strerror(saved));
	va_end(args);
	errno = saved;
}
