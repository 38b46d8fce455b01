// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

void log_line(const char *format, ...)
{
	char text[512];
	int saved = errno;
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	fprintf(stderr, "sill-rdp: %s\n", text);
	errno = saved;
}
