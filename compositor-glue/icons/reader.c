// SPDX-License-Identifier: MIT
/*
 * sill-icons-reader ROOT:PATH...: answers the requests (sill-icons-v1.h) on its standard input,
 * from files that anybody may have written, until nobody asks any more. It is confined by the unit
 * file of sill-icons, which starts it; what takes too long ends it.
 */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "compositor-glue/icons/application.h"
#include "compositor-glue/icons/folders.h"
#include "compositor-glue/icons/picture.h"
#include "compositor-glue/icons/theme.h"
#include "compositor-glue/protocol/sill-icons-v1.h"

/* For one icon, in seconds; the signals that come then end the process. */
#define PROCESSOR_TIME_MAX 2
#define TIME_MAX 20

static void set_timers(time_t processor, time_t all)
{
	setitimer(ITIMER_PROF, &(struct itimerval){.it_value.tv_sec = processor}, NULL);
	setitimer(ITIMER_REAL, &(struct itimerval){.it_value.tv_sec = all}, NULL);
}

/* Entries of old have the name of a file where the name of an icon is to be. */
static void drop_suffix(char *name)
{
	size_t length = strlen(name);
	const char *end = length > 4 ? name + length - 4 : "";
	if (strcmp(end, ".png") == 0 || strcmp(end, ".svg") == 0 || strcmp(end, ".xpm") == 0) {
		name[length - 4] = '\0';
	}
}

static bool find_file(const struct folders *folders, const struct sill_icons_request *request,
	struct file *ret_file, enum picture_format *ret_format)
{
	struct application application;
	if (request->kind == SILL_ICONS_OF_THEME) {
		return theme_find(folders, request->name, ret_file, ret_format);
	}
	if (!application_find(folders, request, &application)) {
		return false;
	}
	char *icon = application.entry.icon;
	if (icon[0] == '/') {
		return theme_open(application.folder, icon, ret_file, ret_format);
	}
	drop_suffix(icon);
	return theme_find(folders, icon, ret_file, ret_format);
}

static bool answer(const struct folders *folders, struct sill_icons_request *request)
{
	static struct sill_icons_answer answer;
	enum picture_format format;
	struct file file;
	request->name[sizeof(request->name) - 1] = '\0';
	request->other[sizeof(request->other) - 1] = '\0';
	answer.found = 0;
	set_timers(PROCESSOR_TIME_MAX, TIME_MAX);
	if (find_file(folders, request, &file, &format)) {
		answer.found = picture_draw(&file, format, answer.pixels);
		file_finish(&file);
	}
	set_timers(0, 0);
	size_t size =
		answer.found != 0 ? sizeof(answer) : offsetof(struct sill_icons_answer, pixels);
	return send(STDIN_FILENO, &answer, size, MSG_NOSIGNAL) == (ssize_t)size;
}

int main(int argc, char **argv)
{
	struct folders folders;
	struct sill_icons_request request;
	ssize_t got;
	folders_open(&folders, argv + 1, (size_t)(argc - 1));
	while ((got = recv(STDIN_FILENO, &request, sizeof(request), 0)) == sizeof(request)) {
		if (!answer(&folders, &request)) {
			return 0; // who asked has gone
		}
	}
	if (got != 0) {
		fprintf(stderr, "sill-icons-reader: %s\n",
			got < 0 ? strerror(errno) : "standard input: no request of sill-icons-v1");
	}
	return got != 0;
}
