// SPDX-License-Identifier: MIT
#include "rootfs-manifest/error.h"

#include <stdarg.h>
#include <stdio.h>

bool fail(struct error *err, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	err->code = EXIT_FAILED;
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	return false;
}

bool fail_input(struct error *err, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	err->code = EXIT_INPUT;
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	return false;
}
