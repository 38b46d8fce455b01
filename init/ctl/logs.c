// SPDX-License-Identifier: MIT
#include "init/ctl/logs.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

/* Services write what they like; JSON is UTF-8. */
static void print_json(const char *text, size_t size)
{
	while (size > 0) {
		mbstate_t state = {0};
		size_t length = mbrlen(text, size, &state);
		if (length > size) { // not UTF-8, or cut off
			length = 1;
			putchar('?');
		} else if (length <= 1 &&
			   ((unsigned char)*text < ' ' || *text == '"' || *text == '\\')) {
			length = 1;
			printf("\\u%04x", (unsigned)(unsigned char)*text);
		} else {
			fwrite(text, 1, length, stdout);
		}
		text += length;
		size -= length;
	}
}

static void print_line(const char *unit, const char *line, size_t size)
{
	printf("{\"unit\":\"%s\",\"line\":\"", unit);
	print_json(line, size);
	puts("\"}");
}

/* Prints the lines that are whole, or else what has no room to become one; returns what is left. */
static size_t print_lines(const char *unit, char *text, size_t size)
{
	char *start = text, *end;
	while ((end = memchr(start, '\n', size)) != NULL) {
		print_line(unit, start, (size_t)(end - start));
		size -= (size_t)(end + 1 - start);
		start = end + 1;
	}
	if (size == LOGS_LINE_MAX) {
		print_line(unit, start, size);
		return 0;
	}
	memmove(text, start, size);
	return size;
}

int logs_copy(int fd, const char *unit)
{
	char text[LOGS_LINE_MAX];
	size_t length = 0;
	ssize_t got;
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	while ((got = read(fd, text + length, sizeof(text) - length)) > 0) {
		length += (size_t)got;
		if (unit != NULL) {
			length = print_lines(unit, text, length);
		} else {
			fwrite(text, 1, length, stdout);
			length = 0;
		}
		if (fflush(stdout) != 0) {
			return -errno;
		}
	}
	int error = got < 0 ? errno : 0;
	if (length > 0 && unit != NULL) {
		print_line(unit, text, length);
	}
	return -error;
}
