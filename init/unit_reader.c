// SPDX-License-Identifier: MIT
#include "init/unit_reader.h"

#include "init/format.h"

void unit_reader_fault(struct unit_reader *reader, const char *at, const char *format, ...)
{
	char text[DIAG_TEXT_MAX];
	va_list args;
	va_start(args, format);
	format_list(text, sizeof(text), format, args);
	va_end(args);
	diag_add(reader->diags, reader->unit->file, unit_lines_position(reader->lines, at), "%s",
		text);
}

void unit_reader_full(struct unit_reader *reader)
{
	diag_add(reader->diags, reader->unit->file, (struct position){1, 1},
		"all unit files together need more than %d bytes", TEXT_POOL_SIZE);
}

char *unit_reader_keep(struct unit_reader *reader, const char *text)
{
	static char empty[1];
	char *copy = text_pool_add(reader->pool, text);
	if (copy == NULL) {
		unit_reader_full(reader);
		return empty;
	}
	return copy;
}

struct named unit_reader_named(struct unit_reader *reader, const char *word)
{
	return (struct named){
		unit_reader_keep(reader, word), unit_lines_position(reader->lines, word)};
}
