// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_ICONS_APPLICATION_H
#define COMPOSITOR_GLUE_ICONS_APPLICATION_H

#include <stdbool.h>

#include "compositor-glue/icons/entry.h"

struct folder;
struct folders;

#define APPLICATIONS_MAX 4096 /* entries that are looked at for a window */
#define APPLICATION_DEPTH_MAX 4 /* folders in folders */

struct application {
	const struct folder *folder; // that the entry is in
	struct entry entry;
};

/* The application whose entry belongs to a window; false when there is none. */
bool application_find(const struct folders *folders, const struct sill_icons_request *request,
	struct application *ret_application);

#endif
