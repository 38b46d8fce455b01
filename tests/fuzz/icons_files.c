// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "compositor-glue/icons/entry.h"
#include "compositor-glue/icons/theme_index.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_entry(const char *text, size_t size)
{
	static struct entry entry;
	const struct sill_icons_request request = {.kind = SILL_ICONS_OF_CLASS, .name = "XTerm"};
	entry_parse(&entry, text, size);
	int suits = entry_suits(&entry, "xterm", &request);
	if (memchr(entry.icon, '\0', sizeof(entry.icon)) == NULL || suits < 0 ||
		suits > ENTRY_SUITS_NOT) {
		abort();
	}
}

static void check_index(const char *text, size_t size)
{
	static struct theme_index index;
	theme_index_parse(&index, text, size, SILL_ICONS_SIDE);
	if (index.folder_count > THEME_FOLDERS_MAX || index.parent_count > THEME_PARENTS_MAX) {
		abort();
	}
	for (size_t i = 0; i < index.folder_count; i++) {
		const struct theme_folder *folder = &index.folders[i];
		if (memchr(folder->path, '\0', sizeof(folder->path)) == NULL ||
			folder->misfit < 0 || (i > 0 && folder[-1].misfit > folder->misfit)) {
			abort();
		}
	}
}

/* The input as each of the two kinds of files that are not pictures. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_entry((const char *)data, size);
	check_index((const char *)data, size);
	return 0;
}
