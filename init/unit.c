// SPDX-License-Identifier: MIT
#include "init/unit.h"

#include <string.h>

#define FNV_OFFSET UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

static const char *const suffixes[] = {
	[UNIT_SERVICE] = ".service",
	[UNIT_SOCKET] = ".socket",
	[UNIT_TARGET] = ".target",
};

bool unit_kind_of(const char *name, enum unit_kind *ret_kind)
{
	const char *suffix = strrchr(name, '.');
	if (suffix == NULL || suffix == name || strlen(name) >= UNIT_NAME_MAX) {
		return false;
	}
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (strcmp(suffix, suffixes[i]) == 0) {
			*ret_kind = (enum unit_kind)i;
			return true;
		}
	}
	return false;
}

static uint64_t hash_list(uint64_t hash, const struct text_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const char *c = list->items[i];
		do {
			hash = (hash ^ (unsigned char)*c) * FNV_PRIME;
		} while (*c++ != '\0');
	}
	return (hash ^ list->count) * FNV_PRIME;
}

uint64_t unit_filter_id(const struct sandbox_config *sandbox)
{
	if (sandbox->system_calls.count == 0 && sandbox->address_families.count == 0) {
		return 0;
	}
	uint64_t hash = hash_list(FNV_OFFSET, &sandbox->system_calls);
	hash = hash_list(hash, &sandbox->address_families);
	return (hash ^ (uint64_t)sandbox->system_call_error) * FNV_PRIME;
}
