// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/unit_settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void count(const struct unit_setting *before, const struct unit_setting *after, void *data)
{
	size_t *differences = data;
	if (before == NULL && after == NULL) {
		abort();
	}
	*differences += 1;
}

static size_t differences(const struct unit_settings *before, const struct unit_settings *after)
{
	size_t found = 0;
	unit_settings_compare(before, after, count, &found);
	return found;
}

/* Two units with a zero byte between them, to be compared: either way, and each with itself. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct unit_settings units[2];
	if (size > UNIT_SIZE_MAX) {
		return 0;
	}
	char *text = mem_grow(NULL, size + 2, 1);
	memcpy(text, data, size);
	memset(text + size, '\0', 2);
	unit_settings_read(text, &units[0]);
	unit_settings_read(text + strlen(text) + 1, &units[1]);
	if (differences(&units[0], &units[1]) != differences(&units[1], &units[0]) ||
		differences(&units[0], &units[0]) != 0) {
		abort();
	}
	for (size_t i = 0; i < 2; i++) {
		unit_settings_finish(&units[i]);
	}
	free(text);
	return 0;
}
