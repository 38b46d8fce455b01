// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_ENGINE_H
#define SYSTEM_DISTRO_SILL_ENGINE_H

#include <stdbool.h>

/* What an image is started in. */
enum engine {
	ENGINE_BUBBLEWRAP, // namespaces of this kernel
	ENGINE_QEMU, // a virtual machine with a kernel of its own, behind the image's hash tree
};

const char *engine_name(enum engine engine);

/** False when there is no engine of that name. */
bool engine_find(const char *name, enum engine *ret_engine);

#endif
