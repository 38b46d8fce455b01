// SPDX-License-Identifier: MIT
#include "system-distro/sill/control.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

/* init answers at once or not at all. */
static const struct timeval answer_timeout = {.tv_sec = 5};

static int connect_to_init(const struct instance *instance)
{
	char path[PATH_MAX];
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	instance_path(instance, "run/init.sock", path);
	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(address.sun_path, path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		return -1;
	}
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &answer_timeout, sizeof(answer_timeout));
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

char *control_ask(const struct instance *instance, const char *request)
{
	int fd = connect_to_init(instance);
	char *answer = NULL;
	size_t size = 0;
	if (fd < 0) {
		return NULL;
	}
	FILE *out = open_memstream(&answer, &size);
	if (out != NULL && dprintf(fd, "%s\n", request) > 0) {
		char part[4096];
		ssize_t n;
		size_t total = 0;
		while ((n = read(fd, part, sizeof(part))) > 0 && total < CONTROL_ANSWER_MAX) {
			fwrite(part, 1, (size_t)n, out);
			total += (size_t)n;
		}
	}
	if (out != NULL) {
		fclose(out);
	}
	close(fd);
	return answer;
}

bool control_is_running(const struct instance *instance)
{
	char *answer = control_ask(instance, "status");
	struct json_object *status = answer != NULL ? json_tokener_parse(answer) : NULL, *state;
	bool running = status != NULL && json_object_object_get_ex(status, "state", &state) &&
		       strcmp(json_object_get_string(state), "running") == 0;
	json_object_put(status);
	free(answer);
	return running;
}
