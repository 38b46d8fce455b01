// SPDX-License-Identifier: MIT
#ifndef INIT_REQUEST_H
#define INIT_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "init/unit.h"

#define REQUEST_MAX 256

enum request_verb {
	REQUEST_STATUS,
	REQUEST_EVENTS,
	REQUEST_POWEROFF,
	REQUEST_REBOOT,
	REQUEST_EXIT,
	REQUEST_START, // from here on of a unit
	REQUEST_STOP,
	REQUEST_RESTART,
	REQUEST_RELOAD,
	REQUEST_LOGS,
};

/* What sillctl asks: "VERB [UNIT] [follow]". */
struct request {
	enum request_verb verb;
	char unit[UNIT_NAME_MAX]; // as a unit file is called; empty when none was named
	bool wants_more; // of the logs, as they come
};

/* `line` is without its end and is changed. NULL, or what is wrong with it. */
const char *request_parse(char *line, struct request *ret_request);

#endif
