// SPDX-License-Identifier: MIT
#ifndef INIT_FORMAT_H
#define INIT_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/*
 * snprintf(3) with what init needs of it and nothing else: %s %.Ns %.*s %c %d %u %x %o %%, of int,
 * long, long long and size_t, widths with - or 0. A C library's brings floats, files and locales.
 */
__attribute__((format(printf, 3, 4))) size_t format_text(
	char *to, size_t size, const char *format, ...);
__attribute__((format(printf, 3, 0))) size_t format_list(
	char *to, size_t size, const char *format, va_list args);

#endif
