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

static int connect_to(const struct instance *instance, const char *leaf)
{
	char path[PATH_MAX];
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	instance_path(instance, leaf, path);
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

/* To the end; the descriptor is closed. */
static char *read_answer(int fd)
{
	char *answer = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&answer, &size);
	if (out != NULL) {
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

char *control_ask(const struct instance *instance, const char *request)
{
	int fd = connect_to(instance, "run/init.sock");
	if (fd < 0) {
		return NULL;
	}
	/* An init that is gone already gives an empty answer. */
	dprintf(fd, "%s\n", request);
	return read_answer(fd);
}

char *control_ask_frames(const struct instance *instance)
{
	int fd = connect_to(instance, "run/frames");
	return fd < 0 ? NULL : read_answer(fd);
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
