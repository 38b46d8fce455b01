// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/mapping.h"

void mapping_begin(struct mapping *mapping, int64_t now, int64_t silent_ms)
{
	*mapping = (struct mapping){.paint_at = now + silent_ms, .awaited = silent_ms > 0};
}

void mapping_reported(struct mapping *mapping, int64_t now)
{
	if (mapping->awaited && now + MAPPING_REPORTED_MS < mapping->paint_at) {
		mapping->paint_at = now + MAPPING_REPORTED_MS;
	}
	mapping->awaited = false;
}

bool mapping_ready(const struct mapping *mapping, int64_t now, int64_t *due)
{
	if (now >= mapping->paint_at) {
		return true;
	}
	*due = mapping->paint_at;
	return false;
}
