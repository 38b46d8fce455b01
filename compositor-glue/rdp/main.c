// SPDX-License-Identifier: MIT
#include <errno.h>
#include <freerdp/channels/channels.h>
#include <getopt.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include <winpr/ssl.h>
#include <winpr/wlog.h>
#include <winpr/wtsapi.h>

#include "compositor-glue/rdp/listener.h"
#include "compositor-glue/rdp/log.h"
#include "compositor-glue/rdp/notify.h"
#include "compositor-glue/rdp/server.h"

enum {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2
};

#define USAGE                                                                                      \
	"usage: sill-rdp --bridge=SOCKET --state=DIRECTORY [--sound=DIRECTORY] "                   \
	"[--listen=ADDRESS:PORT]\n"                                                                \
	"       sill-rdp --state=DIRECTORY --make-credentials"

/* From here on memory is mapped for its use alone, whatever was freed before. */
#define MALLOC_LARGE (256 * 1024)

struct options {
	const char *bridge;
	const char *state;
	const char *sound; // NULL: there is none
	const char *listen; // NULL: the socket is inherited
	bool only_credentials;
};

static const struct option long_options[] = {
	{"bridge", required_argument, NULL, 'b'},
	{"state", required_argument, NULL, 's'},
	{"sound", required_argument, NULL, 'S'},
	{"listen", required_argument, NULL, 'l'},
	{"make-credentials", no_argument, NULL, 'm'},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'v'},
	{0},
};

/* -1 when there is work to do, else the exit code. */
static int parse_options(int argc, char **argv, struct options *options)
{
	int got;
	while ((got = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		switch (got) {
		case 'b':
			options->bridge = optarg;
			break;
		case 's':
			options->state = optarg;
			break;
		case 'S':
			options->sound = optarg;
			break;
		case 'l':
			options->listen = optarg;
			break;
		case 'm':
			options->only_credentials = true;
			break;
		case 'h':
			puts(USAGE);
			return EXIT_DONE;
		case 'v':
			puts("sill-rdp " SILL_VERSION);
			return EXIT_DONE;
		default:
			return EXIT_USAGE;
		}
	}
	if (optind < argc || options->state == NULL ||
		(options->bridge == NULL && !options->only_credentials)) {
		fprintf(stderr, "%s\n", USAGE);
		return EXIT_USAGE;
	}
	return -1;
}

static bool find_listener(const struct options *options, struct listener *listener)
{
	if (options->listen != NULL) {
		return listener_open(listener, options->listen);
	}
	if (!listener_inherit(listener, "rdp")) {
		log_line("no socket was handed over (LISTEN_FDS); give --listen=ADDRESS:PORT");
		return false;
	}
	return true;
}

/* Before any thread, so that all of them leave the signals to the loop. */
static int take_signals(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0) {
		return -1;
	}
	signal(SIGPIPE, SIG_IGN);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static bool start_freerdp(void)
{
	/* Its log repeats ours, and anybody who connects can fill it; WLOG_LEVEL brings it back. */
	if (getenv("WLOG_LEVEL") == NULL && !WLog_SetLogLevel(WLog_GetRoot(), WLOG_OFF)) {
		return false;
	}
	return WTSRegisterWtsApiFunctionTable(FreeRDP_InitWtsApi()) &&
	       winpr_InitializeSSL(WINPR_SSL_INIT_DEFAULT);
}

static int serve(struct server *server, const struct options *options)
{
	if (bridge_init(&server->bridge, options->bridge) < 0) {
		bridge_finish(&server->bridge);
		return EXIT_FAILED;
	}
	server->signal_fd = take_signals();
	if (server->signal_fd < 0 || handshakes_init(&server->handshakes) < 0 || !start_freerdp() ||
		!sound_init(&server->sound, options->sound)) {
		log_line("could not start: %s", strerror(errno));
		bridge_finish(&server->bridge);
		return EXIT_FAILED;
	}
	teller_init(&server->teller);
	notify("READY=1");
	int result = server_run(server);
	teller_finish(&server->teller);
	sound_finish(&server->sound);
	handshakes_finish(&server->handshakes);
	bridge_finish(&server->bridge);
	close(server->signal_fd);
	return result < 0 ? EXIT_FAILED : EXIT_DONE;
}

/* For whoever serves in another place than where the state is kept. */
static int make_credentials(const char *state)
{
	struct credentials credentials = {0};
	int result = credentials_init(&credentials, state);
	credentials_finish(&credentials);
	return result < 0 ? EXIT_FAILED : EXIT_DONE;
}

int main(int argc, char **argv)
{
	static struct server server;
	/* Large pictures come and go: what they leave goes back to the system. */
	mallopt(M_MMAP_THRESHOLD, MALLOC_LARGE);
	struct options options = {0};
	int result = parse_options(argc, argv, &options);
	if (result >= 0) {
		return result;
	}
	if (options.only_credentials) {
		return make_credentials(options.state);
	}
	if (!find_listener(&options, &server.listener)) {
		return options.listen != NULL ? EXIT_FAILED : EXIT_USAGE;
	}
	if (credentials_init(&server.credentials, options.state) < 0) {
		return EXIT_FAILED;
	}
	result = serve(&server, &options);
	credentials_finish(&server.credentials);
	listener_close(&server.listener);
	return result;
}
