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

#define ANSWER_MAX 131072
#define REQUEST_MAX 256

enum {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_BAD_INPUT = 2,
};

static const char help[] = "Usage: sillctl [--socket PATH] [--json] status\n"
			   "       sillctl [--socket PATH] [--json] start|stop|restart UNIT\n"
			   "       sillctl [--socket PATH] logs UNIT\n"
			   "\n"
			   "  --socket PATH  where sill-init listens (/run/sill/init.sock)\n"
			   "  --json         answer for programs\n"
			   "  --help, --version\n";

struct options {
	const char *socket;
	bool is_json;
	const char *verb;
	const char *unit; // empty for status
};

static const struct option long_options[] = {
	{"socket", required_argument, NULL, 's'},
	{"json", no_argument, NULL, 'j'},
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

/* Asks init and reads until it has said everything. */
static ssize_t ask(int fd, const char *request, char *answer, size_t size)
{
	size_t length = 0;
	if (send(fd, request, strlen(request), MSG_NOSIGNAL) < 0) {
		return -1;
	}
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

/* The exit code is the first line of a text, and the first member of a JSON fault. */
static int show(const char *answer, size_t size, bool is_json)
{
	static const char fault[] = "{\"exit\":";
	if (is_json) {
		print(STDOUT_FILENO, answer, size);
		bool is_fault = size > strlen(fault) && memcmp(answer, fault, strlen(fault)) == 0;
		return is_fault ? answer[strlen(fault)] - '0' : EXIT_DONE;
	}
	if (size < 2 || answer[1] != '\n') {
		return complain("init", "an answer that makes no sense");
	}
	if (answer[0] != '0') {
		print(STDERR_FILENO, "sillctl: ", strlen("sillctl: "));
		print(STDERR_FILENO, answer + 2, size - 2);
		return answer[0] - '0';
	}
	print(STDOUT_FILENO, answer + 2, size - 2);
	return EXIT_DONE;
}

static int run(const struct options *options)
{
	static char answer[ANSWER_MAX];
	char request[REQUEST_MAX];
	bool is_json = options->is_json && strcmp(options->verb, "logs") != 0;
	int length = snprintf(request, sizeof(request), "%s %s%s\n", options->verb, options->unit,
		is_json ? "" : " text");
	if ((size_t)length >= sizeof(request)) {
		complain(options->verb, "the unit's name is too long");
		return EXIT_BAD_INPUT;
	}
	int fd = connect_to(options->socket);
	if (fd < 0) {
		return complain(options->socket, strerror(errno));
	}
	ssize_t size = ask(fd, request, answer, sizeof(answer));
	close(fd);
	if (size < 0) {
		return complain(options->socket, strerror(errno));
	}
	if (size == 0) {
		return complain(options->socket, "init did not answer: only root and its own user "
						 "may ask");
	}
	return show(answer, (size_t)size, is_json);
}

static bool is_verb(const char *word, bool *ret_wants_unit)
{
	static const char *const verbs[] = {"status", "start", "stop", "restart", "logs"};
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(word, verbs[i]) == 0) {
			*ret_wants_unit = i > 0;
			return true;
		}
	}
	return false;
}

static bool take_operands(struct options *options, int argc, char **argv)
{
	bool wants_unit = false;
	if (optind == argc || !is_verb(argv[optind], &wants_unit) ||
		argc - optind != 1 + wants_unit) {
		return false;
	}
	options->verb = argv[optind];
	options->unit = wants_unit ? argv[optind + 1] : "";
	return options->unit[strcspn(options->unit, " \n")] == '\0' &&
	       (!wants_unit || options->unit[0] != '\0');
}

int main(int argc, char **argv)
{
	struct options options = {.socket = "/run/sill/init.sock"};
	int letter;
	while ((letter = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		switch (letter) {
		case 's':
			options.socket = optarg;
			break;
		case 'j':
			options.is_json = true;
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
