// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "init/environment_file.h"
#include "init/request.h"
#include "init/text_out.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(const char *text, size_t size)
{
	char line[REQUEST_MAX], out_data[16];
	struct request request;
	if (size >= sizeof(line)) {
		return;
	}
	memcpy(line, text, size);
	line[size] = '\0';
	if (request_parse(line, &request) != NULL) {
		return;
	}
	bool is_of_unit = request.verb >= REQUEST_START;
	if (memchr(request.unit, '\0', sizeof(request.unit)) == NULL ||
		is_of_unit != (request.unit[0] != '\0') || strchr(request.unit, ' ') != NULL) {
		abort();
	}
	struct text_out out = {.data = out_data, .size = sizeof(out_data)};
	text_out_json(&out, request.unit);
}

/* A line on the control socket; and, as another text that is not ours, an EnvironmentFile=. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char text[ENVIRONMENT_FILE_MAX];
	struct environment environment = {0};
	ask((const char *)data, size);
	if (size >= sizeof(text)) {
		return 0;
	}
	memcpy(text, data, size);
	text[size] = '\0';
	(void)environment_file_put(&environment, text);
	for (size_t i = 0; i < environment.count; i++) {
		if (strchr(environment.entries[i], '=') == NULL) {
			abort();
		}
	}
	return 0;
}
