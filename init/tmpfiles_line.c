// SPDX-License-Identifier: MIT
#include "init/tmpfiles_line.h"

#include <stddef.h>
#include <string.h>

#include "init/values.h"

#define FIELD_COUNT 7

enum field {
	FIELD_TYPE,
	FIELD_PATH,
	FIELD_MODE,
	FIELD_USER,
	FIELD_GROUP,
	FIELD_AGE,
	FIELD_ARGUMENT,
};

/* Splits into at most FIELD_COUNT fields; what is left out reads as "-". */
static bool split(char *line, char *fields[FIELD_COUNT], struct problem *ret_problem)
{
	static char dash[] = "-";
	char *rest, *word = strtok_r(line, " \t\r", &rest);
	for (int i = 0; i < FIELD_COUNT; i++) {
		fields[i] = word != NULL ? word : dash;
		word = word != NULL ? strtok_r(NULL, " \t\r", &rest) : NULL;
	}
	if (word != NULL) {
		*ret_problem = (struct problem){"more than seven fields", word};
	}
	return word == NULL;
}

static char *unless_dash(char *field)
{
	return strcmp(field, "-") == 0 ? NULL : field;
}

static bool take_type(
	struct tmpfiles_line *line, char *fields[FIELD_COUNT], struct problem *ret_problem)
{
	*ret_problem = (struct problem){"unknown type, known are d and L+", fields[FIELD_TYPE]};
	if (strcmp(fields[FIELD_TYPE], "d") == 0) {
		line->type = TMPFILES_DIRECTORY;
		*ret_problem =
			(struct problem){"a directory has no argument", fields[FIELD_ARGUMENT]};
		return line->target == NULL;
	}
	if (strcmp(fields[FIELD_TYPE], "L+") == 0) {
		line->type = TMPFILES_LINK;
		*ret_problem = (struct problem){"a link needs its target", fields[FIELD_TYPE]};
		return line->target != NULL;
	}
	return false;
}

enum tmpfiles_result tmpfiles_line_parse(
	char *line, struct tmpfiles_line *ret_line, struct problem *ret_problem)
{
	char *fields[FIELD_COUNT];
	size_t blanks = strspn(line, " \t\r");
	if (line[blanks] == '\0' || line[blanks] == '#') {
		return TMPFILES_EMPTY;
	}
	if (!split(line, fields, ret_problem)) {
		return TMPFILES_BAD;
	}
	struct tmpfiles_line parsed = {
		.path = fields[FIELD_PATH],
		.mode = 0755,
		.user = unless_dash(fields[FIELD_USER]),
		.group = unless_dash(fields[FIELD_GROUP]),
		.target = unless_dash(fields[FIELD_ARGUMENT]),
	};
	if (!take_type(&parsed, fields, ret_problem)) {
		return TMPFILES_BAD;
	}
	if (*parsed.path != '/') {
		bool is_missing = unless_dash(fields[FIELD_PATH]) == NULL;
		*ret_problem = (struct problem){
			"the path must be absolute", fields[is_missing ? FIELD_TYPE : FIELD_PATH]};
		return TMPFILES_BAD;
	}
	if (unless_dash(fields[FIELD_MODE]) != NULL &&
		!value_mode(fields[FIELD_MODE], &parsed.mode)) {
		*ret_problem = (struct problem){"not an octal mode", fields[FIELD_MODE]};
		return TMPFILES_BAD;
	}
	if (unless_dash(fields[FIELD_AGE]) != NULL) {
		*ret_problem = (struct problem){"an age is not supported", fields[FIELD_AGE]};
		return TMPFILES_BAD;
	}
	*ret_line = parsed;
	return TMPFILES_OK;
}
