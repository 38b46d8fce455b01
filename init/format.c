// SPDX-License-Identifier: MIT
#include "init/format.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define DIGITS_MAX 24

struct sink {
	char *to;
	size_t size;
	size_t length; // that it would have, were there room
};

/* One % of a format. */
struct directive {
	bool is_left, is_zero;
	int width;
	int precision; // -1: none
	size_t bytes; // of an integer
};

static void put(struct sink *sink, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++, sink->length++) {
		if (sink->length + 1 < sink->size) {
			sink->to[sink->length] = text[i];
		}
	}
}

static void put_padding(struct sink *sink, char c, int width, size_t length)
{
	for (; width > 0 && (size_t)width > length; width--) {
		put(sink, &c, 1);
	}
}

static void put_field(
	struct sink *sink, const struct directive *directive, const char *text, size_t length)
{
	if (!directive->is_left) {
		put_padding(sink, directive->is_zero ? '0' : ' ', directive->width, length);
	}
	put(sink, text, length);
	if (directive->is_left) {
		put_padding(sink, ' ', directive->width, length);
	}
}

static void put_number(struct sink *sink, const struct directive *directive, uint64_t value,
	unsigned base, bool is_negative)
{
	char digits[DIGITS_MAX];
	size_t at = sizeof(digits);
	do {
		digits[--at] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value != 0);
	if (is_negative) {
		digits[--at] = '-';
	}
	put_field(sink, directive, digits + at, sizeof(digits) - at);
}

static int take_number(const char **format, va_list *args)
{
	int number = 0;
	if (**format == '*') {
		(*format)++;
		return va_arg(*args, int);
	}
	for (; **format >= '0' && **format <= '9'; (*format)++) {
		number = number * 10 + (**format - '0');
	}
	return number;
}

static struct directive take_directive(const char **format, va_list *args)
{
	struct directive directive = {.precision = -1, .bytes = sizeof(int)};
	for (; **format == '-' || **format == '0'; (*format)++) {
		directive.is_left |= **format == '-';
		directive.is_zero |= **format == '0';
	}
	directive.width = take_number(format, args);
	if (**format == '.') {
		(*format)++;
		directive.precision = take_number(format, args);
	}
	for (; **format == 'l' || **format == 'z'; (*format)++) {
		directive.bytes = sizeof(long);
	}
	return directive;
}

static void put_argument(
	struct sink *sink, const struct directive *directive, char kind, va_list *args)
{
	if (kind == 's') {
		const char *text = va_arg(*args, const char *);
		size_t max = directive->precision >= 0 ? (size_t)directive->precision : SIZE_MAX;
		put_field(sink, directive, text, strnlen(text, max));
	} else if (kind == 'c') {
		char c = (char)va_arg(*args, int);
		put_field(sink, directive, &c, 1);
	} else if (kind == '%') {
		put(sink, "%", 1);
	} else if (kind == 'd') {
		bool is_long = directive->bytes == sizeof(long);
		int64_t value = is_long ? va_arg(*args, long) : va_arg(*args, int);
		uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
		put_number(sink, directive, magnitude, 10, value < 0);
	} else {
		bool is_long = directive->bytes == sizeof(long);
		uint64_t value = is_long ? va_arg(*args, unsigned long) : va_arg(*args, unsigned);
		put_number(sink, directive, value, kind == 'x' ? 16 : kind == 'o' ? 8 : 10, false);
	}
}

size_t format_list(char *to, size_t size, const char *format, va_list args)
{
	struct sink sink = {to, size, 0};
	va_list rest;
	va_copy(rest, args);
	for (; *format != '\0'; format++) {
		const char *percent = strchr(format, '%');
		if (percent == NULL) {
			put(&sink, format, strlen(format));
			break;
		}
		put(&sink, format, (size_t)(percent - format));
		format = percent + 1;
		struct directive directive = take_directive(&format, &rest);
		put_argument(&sink, &directive, *format, &rest);
	}
	va_end(rest);
	if (size > 0) {
		to[sink.length < size ? sink.length : size - 1] = '\0';
	}
	return sink.length;
}

size_t format_text(char *to, size_t size, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	size_t length = format_list(to, size, format, args);
	va_end(args);
	return length;
}
