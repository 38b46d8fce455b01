// SPDX-License-Identifier: MIT
#include "system-distro/sill/engine.h"

#include <stddef.h>
#include <string.h>

static const char *const names[] = {
	[ENGINE_BUBBLEWRAP] = "bubblewrap",
	[ENGINE_QEMU] = "qemu",
};

const char *engine_name(enum engine engine)
{
	return names[engine];
}

bool engine_find(const char *name, enum engine *ret_engine)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], name) == 0) {
			*ret_engine = (enum engine)i;
			return true;
		}
	}
	return false;
}
