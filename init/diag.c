// SPDX-License-Identifier: MIT
#include "init/diag.h"

#include "init/format.h"

void diag_add(struct diag_list *list, const char *file, struct position at, const char *format, ...)
{
	if (list == NULL) {
		return;
	}
	if (list->count == DIAG_MAX) {
		list->dropped++;
		return;
	}
	struct diag *diag = &list->items[list->count++];
	diag->file = file;
	diag->at = at;
	va_list args;
	va_start(args, format);
	format_list(diag->text, sizeof(diag->text), format, args);
	va_end(args);
}

struct position position_of(const char *text, size_t at)
{
	struct position position = {1, 1};
	for (size_t i = 0; i < at; i++) {
		position.column++;
		if (text[i] == '\n') {
			position = (struct position){position.line + 1, 1};
		}
	}
	return position;
}
