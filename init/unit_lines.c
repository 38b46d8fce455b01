// SPDX-License-Identifier: MIT
#include "init/unit_lines.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static size_t line_end(const struct unit_lines *lines, size_t from)
{
	const char *newline = memchr(lines->work + from, '\n', lines->size - from);
	return newline != NULL ? (size_t)(newline - lines->work) : lines->size;
}

static size_t skip_blanks(const struct unit_lines *lines, size_t from)
{
	while (from < lines->size && is_blank(lines->work[from])) {
		from++;
	}
	return from;
}

static bool is_comment(const struct unit_lines *lines, size_t from)
{
	size_t start = skip_blanks(lines, from);
	return start < lines->size && (lines->work[start] == '#' || lines->work[start] == ';');
}

void unit_lines_init(struct unit_lines *lines, size_t size)
{
	lines->text[size] = '\0';
	memcpy(lines->work, lines->text, size);
	lines->work[size] = '\0';
	lines->size = size;
	lines->next = 0;
}

/* Blanks the line break at `end` and the comments after it; returns the end of the next part. */
static size_t join_next(struct unit_lines *lines, size_t end)
{
	lines->work[end - 1] = ' ';
	lines->work[end] = ' ';
	size_t from = end + 1;
	while (is_comment(lines, from)) {
		size_t comment_end = line_end(lines, from);
		memset(lines->work + from, ' ', comment_end - from);
		if (comment_end == lines->size) {
			return comment_end;
		}
		lines->work[comment_end] = ' ';
		from = comment_end + 1;
	}
	return line_end(lines, from);
}

/* The end of the logical line that starts at `from`. */
static size_t join(struct unit_lines *lines, size_t from)
{
	size_t end = line_end(lines, from);
	while (end < lines->size && end > from && lines->work[end - 1] == '\\') {
		end = join_next(lines, end);
	}
	return end;
}

static void trim_end(const char *start, char *end)
{
	while (end > start && is_blank(end[-1])) {
		end--;
	}
	*end = '\0';
}

static void split_setting(struct unit_line *line, char *end)
{
	char *equals = strchr(line->name, '=');
	if (equals == NULL) {
		line->problem = "expected [Section] or Key=value";
		return;
	}
	if (equals == line->name) {
		line->problem = "no key before the =";
		return;
	}
	line->kind = UNIT_LINE_SETTING;
	trim_end(line->name, equals);
	line->value = equals + 1;
	while (is_blank(*line->value)) {
		line->value++;
	}
	trim_end(line->value, end);
}

static void split_section(struct unit_line *line, char *end)
{
	trim_end(line->name, end);
	size_t length = strlen(line->name);
	if (line->name[length - 1] != ']') {
		line->problem = "section header without ]";
		return;
	}
	line->kind = UNIT_LINE_SECTION;
	line->name[length - 1] = '\0';
	line->name++;
}

bool unit_lines_next(struct unit_lines *lines, struct unit_line *ret_line)
{
	while (lines->next < lines->size) {
		size_t start = skip_blanks(lines, lines->next);
		bool is_skipped = is_comment(lines, start) || line_end(lines, start) == start;
		size_t end = is_skipped ? line_end(lines, start) : join(lines, start);
		lines->next = end < lines->size ? end + 1 : end;
		if (is_skipped) {
			continue;
		}
		lines->work[end] = '\0';
		*ret_line = (struct unit_line){.kind = UNIT_LINE_BAD, .name = lines->work + start};
		if (memchr(lines->work + start, '\0', end - start) != NULL) {
			ret_line->problem = "a NUL byte";
		} else if (*ret_line->name == '[') {
			split_section(ret_line, lines->work + end);
		} else {
			split_setting(ret_line, lines->work + end);
		}
		return true;
	}
	return false;
}

struct position unit_lines_position(const struct unit_lines *lines, const char *at)
{
	return position_of(lines->text, (size_t)(at - lines->work));
}
