// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/xsettings.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define SCALE_ONE 120
#define DPI_ONE 96
#define CURSOR_ONE 24

#define TYPE_INTEGER 0
/* Of XSETTINGS' numbers, X11 fonts' among them. */
#define DPI_UNIT 1024

static uint32_t scaled(uint32_t value, uint32_t scale)
{
	return (value * scale + SCALE_ONE / 2) / SCALE_ONE;
}

static uint8_t *put(uint8_t *at, const void *data, size_t size)
{
	memcpy(at, data, size);
	return at + size;
}

static uint8_t *put_integer(uint8_t *at, const char *name, uint32_t value, uint32_t serial)
{
	uint16_t length = (uint16_t)strlen(name);
	const uint8_t type[2] = {TYPE_INTEGER, 0}, padding[3] = {0};
	at = put(at, type, sizeof(type));
	at = put(at, &length, sizeof(length));
	at = put(at, name, length);
	at = put(at, padding, (4 - length % 4u) % 4);
	at = put(at, &serial, sizeof(serial));
	return put(at, &value, sizeof(value));
}

size_t xsettings_write(uint8_t data[XSETTINGS_SIZE], uint32_t scale, uint32_t serial)
{
	const union {
		uint16_t value;
		uint8_t first;
	} one = {1};
	/* 0: least significant byte first */
	const uint8_t order[4] = {one.first == 0};
	/* Pictures grow by whole numbers, text by what is left. */
	uint32_t whole = scale / SCALE_ONE, count = 4;
	uint32_t dpi = scaled(DPI_ONE * DPI_UNIT, scale);
	uint8_t *at = put(data, order, sizeof(order));
	at = put(at, &serial, sizeof(serial));
	at = put(at, &count, sizeof(count));
	at = put_integer(at, "Xft/DPI", dpi, serial);
	at = put_integer(at, "Gdk/UnscaledDPI", dpi / whole, serial);
	at = put_integer(at, "Gdk/WindowScalingFactor", whole, serial);
	at = put_integer(at, "Gtk/CursorThemeSize", scaled(CURSOR_ONE, scale), serial);
	return (size_t)(at - data);
}

static bool is_ours(const char *line, size_t length)
{
	static const char *const names[] = {"Xft.dpi:", "Xcursor.size:"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t name = strlen(names[i]);
		if (length >= name && memcmp(line, names[i], name) == 0) {
			return true;
		}
	}
	return false;
}

static size_t keep_others(char *text, const char *before, size_t length)
{
	size_t kept = 0;
	while (length > 0) {
		const char *end = memchr(before, '\n', length);
		size_t line = end != NULL ? (size_t)(end - before) + 1 : length;
		if (!is_ours(before, line)) {
			memcpy(text + kept, before, line);
			kept += line;
		}
		before += line;
		length -= line;
	}
	return kept;
}

size_t resources_write(
	char *text, size_t size, const char *before, size_t before_length, uint32_t scale)
{
	char ours[64];
	int length = snprintf(ours, sizeof(ours), "Xft.dpi:\t%u\nXcursor.size:\t%u\n",
		scaled(DPI_ONE, scale), scaled(CURSOR_ONE, scale));
	if (before_length + 1 + (size_t)length > size) {
		return 0;
	}
	size_t kept = keep_others(text, before, before_length);
	if (kept > 0 && text[kept - 1] != '\n') {
		text[kept++] = '\n';
	}
	memcpy(text + kept, ours, (size_t)length);
	return kept + (size_t)length;
}
