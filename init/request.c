// SPDX-License-Identifier: MIT
#include "init/request.h"

#include <string.h>

#include "init/format.h"

static const char *const verbs[] = {
	[REQUEST_STATUS] = "status",
	[REQUEST_EVENTS] = "events",
	[REQUEST_POWEROFF] = "poweroff",
	[REQUEST_REBOOT] = "reboot",
	[REQUEST_EXIT] = "exit",
	[REQUEST_START] = "start",
	[REQUEST_STOP] = "stop",
	[REQUEST_RESTART] = "restart",
	[REQUEST_RELOAD] = "reload",
	[REQUEST_LOGS] = "logs",
};

static bool parse_verb(const char *word, enum request_verb *ret_verb)
{
	for (size_t i = 0; word != NULL && i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(word, verbs[i]) == 0) {
			*ret_verb = (enum request_verb)i;
			return true;
		}
	}
	return false;
}

/* "weston" is short for "weston.service". */
static bool parse_unit(const char *word, char *ret_unit)
{
	enum unit_kind kind;
	size_t length = format_text(
		ret_unit, UNIT_NAME_MAX, "%s%s", word, unit_kind_of(word, &kind) ? "" : ".service");
	return length < UNIT_NAME_MAX;
}

const char *request_parse(char *line, struct request *ret_request)
{
	struct request request = {0};
	char *rest, *word = strtok_r(line, " ", &rest);
	if (!parse_verb(word, &request.verb)) {
		return "unknown request";
	}
	word = strtok_r(NULL, " ", &rest);
	if (request.verb >= REQUEST_START) {
		if (word == NULL) {
			return "which unit?";
		}
		if (!parse_unit(word, request.unit)) {
			return "the unit's name is too long";
		}
		word = strtok_r(NULL, " ", &rest);
	}
	if (word != NULL && request.verb == REQUEST_LOGS && strcmp(word, "follow") == 0) {
		request.wants_more = true;
		word = strtok_r(NULL, " ", &rest);
	}
	if (word != NULL) {
		return "too many words";
	}
	*ret_request = request;
	return NULL;
}
