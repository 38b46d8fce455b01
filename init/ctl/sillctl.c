// SPDX-License-Identifier: MIT
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "init/ctl/json.h"
#include "init/ctl/report.h"

#define ANSWER_MAX 131072
#define REQUEST_MAX 256
#define FAULT_MAX 256

enum {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_BAD_INPUT = 2,
};

static const char help[] =
	"Usage: sillctl [--socket PATH] [--json] status\n"
	"       sillctl [--socket PATH] [--json] start|stop|restart|reload UNIT\n"
	"       sillctl [--socket PATH] logs [--follow] UNIT\n"
	"       sillctl [--socket PATH] [--json] events [--follow]\n"
	"       sillctl [--socket PATH] [--json] analyze [--svg]\n"
	"       sillctl [--socket PATH] exit|poweroff|reboot\n"
	"\n"
	"  -f, --follow   go on with what comes; events do so in any case\n"
	"  --svg          the boot as a picture\n"
	"  --socket PATH  where sill-init listens (/run/sill/init.sock)\n"
	"  --json         answer for programs\n"
	"  --help, --version\n";

enum verb_kind {
	VERB_STATUS,
	VERB_ANALYZE,
	VERB_CHANGE, // of a unit
	VERB_LOGS,
	VERB_EVENTS,
	VERB_END,
};

static const struct verb {
	const char *name;
	const char *request; // what init calls it
	enum verb_kind kind;
} verbs[] = {
	{"status", "status", VERB_STATUS},
	{"analyze", "status", VERB_ANALYZE},
	{"start", "start", VERB_CHANGE},
	{"stop", "stop", VERB_CHANGE},
	{"restart", "restart", VERB_CHANGE},
	{"reload", "reload", VERB_CHANGE},
	{"logs", "logs", VERB_LOGS},
	{"events", "events", VERB_EVENTS},
	{"exit", "exit", VERB_END},
	{"poweroff", "poweroff", VERB_END},
	{"reboot", "reboot", VERB_END},
};

struct options {
	const char *socket;
	bool is_json, is_svg, wants_more;
	const struct verb *verb;
	const char *unit; // empty for a verb without
};

static const struct option long_options[] = {
	{"socket", required_argument, NULL, 's'},
	{"json", no_argument, NULL, 'j'},
	{"svg", no_argument, NULL, 'g'},
	{"follow", no_argument, NULL, 'f'},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'v'},
	{0},
};

static void print(int fd, const char *text, size_t size)
{
	while (size > 0) {
		ssize_t written = write(fd, text, size);
		if (written <= 0) {
			return;
		}
		text += written;
		size -= (size_t)written;
	}
}

static int complain(const char *what, const char *why)
{
	dprintf(STDERR_FILENO, "sillctl: %s: %s\n", what, why);
	return EXIT_FAILED;
}

static int connect_to(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof(address)) < 0) {
		int error = errno;
		close(fd);
		errno = error;
		return -1;
	}
	return fd;
}

/* Reads until init has said everything. */
static ssize_t read_all(int fd, char *answer, size_t size)
{
	size_t length = 0;
	while (length < size) {
		ssize_t got = read(fd, answer + length, size - length);
		if (got < 0) {
			return -1;
		}
		if (got == 0) {
			break;
		}
		length += (size_t)got;
	}
	return (ssize_t)length;
}

/* A fault is an object that starts with the exit code. */
static int exit_code_of(const char *answer)
{
	return (int)json_number(json_member(answer, "exit"), EXIT_DONE);
}

static void show(const struct options *options, const char *answer, size_t size)
{
	if (options->is_svg) {
		report_timeline_svg(answer);
	} else if (options->is_json || options->verb->kind == VERB_LOGS) {
		print(STDOUT_FILENO, answer, size);
	} else if (options->verb->kind == VERB_STATUS) {
		report_status(answer);
	} else if (options->verb->kind == VERB_ANALYZE) {
		report_timeline(answer);
	} else {
		report_change(answer);
	}
}

static int take_answer(const struct options *options, int fd)
{
	static char answer[ANSWER_MAX];
	char fault[FAULT_MAX];
	ssize_t size = read_all(fd, answer, sizeof(answer) - 1);
	if (size < 0) {
		return complain(options->socket, strerror(errno));
	}
	answer[size] = '\0';
	int code = exit_code_of(answer);
	if (code != EXIT_DONE && !options->is_json) {
		dprintf(STDERR_FILENO, "sillctl: %s\n",
			json_text(json_member(answer, "error"), fault, sizeof(fault)));
		return code;
	}
	if (size == 0 && options->verb->kind != VERB_LOGS) {
		return complain(options->socket, "init did not answer");
	}
	show(options, answer, (size_t)size);
	return code;
}

/* Everything as it comes, until init or the person has enough. */
static int follow(const struct options *options, int fd)
{
	static char line[ANSWER_MAX];
	size_t length = 0;
	ssize_t got;
	while ((got = read(fd, line + length, sizeof(line) - 1 - length)) > 0) {
		if (options->is_json || options->verb->kind == VERB_LOGS) {
			print(STDOUT_FILENO, line, (size_t)got);
			continue;
		}
		length += (size_t)got;
		line[length] = '\0';
		char *start = line, *end;
		for (; (end = strchr(start, '\n')) != NULL; start = end + 1) {
			*end = '\0';
			if (exit_code_of(start) != EXIT_DONE) {
				return complain(
					"events", "only root and init's own user may do that");
			}
			report_event(start);
		}
		length -= (size_t)(start - line);
		memmove(line, start, length);
	}
	return got < 0 ? complain(options->socket, strerror(errno)) : EXIT_DONE;
}

static int run(const struct options *options)
{
	char request[REQUEST_MAX];
	bool is_followed = options->verb->kind == VERB_EVENTS || options->wants_more;
	int length = snprintf(request, sizeof(request), "%s %s%s\n", options->verb->request,
		options->unit,
		options->wants_more && options->verb->kind == VERB_LOGS ? " follow" : "");
	if ((size_t)length >= sizeof(request)) {
		complain(options->verb->name, "the unit's name is too long");
		return EXIT_BAD_INPUT;
	}
	int fd = connect_to(options->socket);
	if (fd < 0) {
		return complain(options->socket, strerror(errno));
	}
	if (send(fd, request, (size_t)length, MSG_NOSIGNAL) < 0) {
		return complain(options->socket, strerror(errno));
	}
	int code = is_followed ? follow(options, fd) : take_answer(options, fd);
	close(fd);
	return code;
}

static bool take_operands(struct options *options, int argc, char **argv)
{
	for (size_t i = 0; optind < argc && i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(argv[optind], verbs[i].name) == 0) {
			options->verb = &verbs[i];
		}
	}
	if (options->verb == NULL) {
		return false;
	}
	enum verb_kind kind = options->verb->kind;
	bool wants_unit = kind == VERB_CHANGE || kind == VERB_LOGS;
	bool may_follow = kind == VERB_LOGS || kind == VERB_EVENTS;
	if (argc - optind != 1 + wants_unit || (options->wants_more && !may_follow) ||
		(options->is_svg && kind != VERB_ANALYZE)) {
		return false;
	}
	options->unit = wants_unit ? argv[optind + 1] : "";
	return options->unit[strcspn(options->unit, " \n")] == '\0' &&
	       (!wants_unit || options->unit[0] != '\0');
}

int main(int argc, char **argv)
{
	struct options options = {.socket = "/run/sill/init.sock"};
	int letter;
	while ((letter = getopt_long(argc, argv, "f", long_options, NULL)) != -1) {
		switch (letter) {
		case 's':
			options.socket = optarg;
			break;
		case 'j':
			options.is_json = true;
			break;
		case 'g':
			options.is_svg = true;
			break;
		case 'f':
			options.wants_more = true;
			break;
		case 'h':
			print(STDOUT_FILENO, help, strlen(help));
			return EXIT_DONE;
		case 'v':
			dprintf(STDOUT_FILENO, "sillctl %s\n", SILL_VERSION);
			return EXIT_DONE;
		default:
			return EXIT_BAD_INPUT;
		}
	}
	if (!take_operands(&options, argc, argv)) {
		print(STDERR_FILENO, help, strlen(help));
		return EXIT_BAD_INPUT;
	}
	return run(&options);
}
