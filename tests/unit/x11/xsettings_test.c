// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/xsettings.h"

#include <string.h>

#include "tests/harness/test.h"

static uint8_t data[XSETTINGS_SIZE];
static char text[256];

/* The value of a setting, -1 when there is none of that name, -2 when the data is not well formed.
 */
static int64_t find(size_t size, const char *name)
{
	uint32_t count, value;
	size_t at = 12;
	memcpy(&count, data + 8, sizeof(count));
	for (uint32_t i = 0; i < count; i++) {
		uint16_t length;
		memcpy(&length, data + at + 2, sizeof(length));
		size_t number = at + 4 + (length + 3u) / 4 * 4;
		memcpy(&value, data + number + 4, sizeof(value));
		if (length == strlen(name) && memcmp(data + at + 4, name, length) == 0) {
			return data[at] == 0 ? (int64_t)value : -2;
		}
		at = number + 8;
		if (at > size) {
			return -2;
		}
	}
	return at == size ? -1 : -2;
}

TEST(text_and_pictures_grow_together)
{
	size_t size = xsettings_write(data, 120, 1);
	CHECK_INT(find(size, "Xft/DPI"), 96 * 1024);
	CHECK_INT(find(size, "Gdk/WindowScalingFactor"), 1);
	CHECK_INT(find(size, "Gtk/CursorThemeSize"), 24);
	CHECK_INT(find(size, "Net/ThemeName"), -1);
	size = xsettings_write(data, 180, 2);
	CHECK_INT(find(size, "Xft/DPI"), 144 * 1024);
	CHECK_INT(find(size, "Gdk/UnscaledDPI"), 144 * 1024);
	CHECK_INT(find(size, "Gtk/CursorThemeSize"), 36);
	size = xsettings_write(data, 300, 3);
	CHECK_INT(find(size, "Gdk/WindowScalingFactor"), 2);
	CHECK_INT(find(size, "Gdk/UnscaledDPI"), 120 * 1024);
}

static const char *resources(const char *before, uint32_t scale)
{
	size_t length = resources_write(text, sizeof(text) - 1, before, strlen(before), scale);
	text[length] = '\0';
	return text;
}

TEST(resources_of_others_stay)
{
	CHECK_STR(resources("", 180), "Xft.dpi:\t144\nXcursor.size:\t36\n");
	CHECK_STR(resources("XTerm*font:\tfixed", 240),
		"XTerm*font:\tfixed\nXft.dpi:\t192\nXcursor.size:\t48\n");
	CHECK_STR(resources("Xft.dpi: 96\na: b\nXcursor.size:\t24\nXft.dpis: 1\n", 120),
		"a: b\nXft.dpis: 1\nXft.dpi:\t96\nXcursor.size:\t24\n");
}

TEST(too_much_text_is_left_alone)
{
	char long_text[sizeof(text)];
	memset(long_text, 'x', sizeof(long_text));
	CHECK_INT(resources_write(text, sizeof(text), long_text, sizeof(long_text), 120), 0);
	CHECK_INT(resources_write(text, sizeof(text), long_text, sizeof(text) - 10, 120), 0);
}

TEST_MAIN()
