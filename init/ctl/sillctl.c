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
#include "init/ctl/logs.h"
#include "init/ctl/report.h"

#define ANSWER_MAX 131072
#define REQUEST_MAX 256
#define FAULT_MAX 256
#define HEAD_MAX 512
#define EVENT_MAX 2048

enum {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_BAD_INPUT = 2,
};

static const char help[] =
	"Usage: sillctl [--socket PATH] [--json] status\n"
	"       sillctl [--socket PATH] [--json] start|stop|restart|reload UNIT\n"
	"       sillctl [--socket PATH] [--json] logs [--follow] UNIT\n"
	"       sillctl [--socket PATH] [--json] events [--follow]\n"
	"       sillctl [--socket PATH] [--json] analyze [--svg]\n"
	"       sillctl [--socket PATH] [--json] exit|poweroff|reboot\n"
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

/* Tells it, and returns its code. */
static int tell_fault(const struct options *options, const char *answer)
{
	char fault[FAULT_MAX];
	if (options->is_json) {
		dprintf(STDOUT_FILENO, "%.*s\n", (int)strcspn(answer, "\n"), answer);
	} else {
		dprintf(STDERR_FILENO, "sillctl: %s\n",
			json_text(json_member(answer, "error"), fault, sizeof(fault)));
	}
	return exit_code_of(answer);
}

static void show(const struct options *options, const char *answer, size_t size)
{
	if (options->is_svg) {
		report_timeline_svg(answer);
	} else if (options->is_json) {
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
	ssize_t size = read_all(fd, answer, sizeof(answer) - 1);
	if (size < 0) {
		return complain(options->socket, strerror(errno));
	}
	answer[size] = '\0';
	if (exit_code_of(answer) != EXIT_DONE) {
		return tell_fault(options, answer);
	}
	if (size == 0) {
		return complain(options->socket, "init did not answer");
	}
	show(options, answer, (size_t)size);
	return EXIT_DONE;
}

/* Events as they come, until init or the person has enough. */
static int follow_events(const struct options *options, FILE *answer)
{
	char line[EVENT_MAX];
	while (fgets(line, sizeof(line), answer) != NULL) {
		if (exit_code_of(line) != EXIT_DONE) {
			return tell_fault(options, line);
		}
		if (options->is_json) {
			print(STDOUT_FILENO, line, strlen(line));
		} else {
			report_event(line);
		}
	}
	return ferror(answer) ? complain(options->socket, strerror(errno)) : EXIT_DONE;
}

/* The line in front of a log tells whose it is, or why there is none. */
static int take_logs(const struct options *options, int fd)
{
	char head[HEAD_MAX] = "", unit[HEAD_MAX];
	for (size_t i = 0; i + 1 < sizeof(head) && read(fd, &head[i], 1) == 1; i++) {
		if (head[i] == '\n') {
			break;
		}
	}
	if (exit_code_of(head) != EXIT_DONE) {
		return tell_fault(options, head);
	}
	json_text(json_member(head, "unit"), unit, sizeof(unit));
	if (unit[0] == '\0') {
		return complain(options->socket, "init did not answer");
	}
	int result = logs_copy(fd, options->is_json ? unit : NULL);
	return result < 0 ? complain(options->socket, strerror(-result)) : EXIT_DONE;
}

static int run(const struct options *options)
{
	char request[REQUEST_MAX];
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
	if (options->verb->kind == VERB_LOGS) {
		return take_logs(options, fd);
	}
	if (options->verb->kind == VERB_EVENTS) {
		FILE *answer = fdopen(fd, "r");
		return answer != NULL ? follow_events(options, answer)
				      : complain(options->socket, strerror(errno));
	}
	return take_answer(options, fd);
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
