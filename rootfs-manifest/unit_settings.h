// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_UNIT_SETTINGS_H
#define ROOTFS_MANIFEST_UNIT_SETTINGS_H

#include <stddef.h>

#include "rootfs-manifest/strings.h"

#define UNIT_SIZE_MAX (16 * 1024) // init refuses a longer one

/* A key of a unit file, and all the values that it is given there, in their order. */
struct unit_setting {
	char *section;
	char *key;
	struct strings values;
};

struct unit_settings {
	struct unit_setting *items;
	size_t count;
};

/*
 * Reads a unit file to be compared: that its keys are right is init's to say. Lines that are no
 * setting are passed over.
 */
void unit_settings_read(const char *text, struct unit_settings *ret_settings);
void unit_settings_finish(struct unit_settings *settings);

/* A setting that is not the same in both: NULL where it is not there. */
typedef void (*unit_settings_visit)(
	const struct unit_setting *before, const struct unit_setting *after, void *data);

/* In the order of the first, then what only the second has, in its own. */
void unit_settings_compare(const struct unit_settings *before, const struct unit_settings *after,
	unit_settings_visit visit, void *data);

#endif
