// SPDX-License-Identifier: MIT
#include "tests/unit/shell/probe_clipboard.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "sill-bridge-v1-client.h"

#define COPIES_MAX 4
#define NAME_SIZE 128
#define PEEK_SIZE 1000

struct copy {
	char type[NAME_SIZE], path[NAME_SIZE];
};

static struct sill_clipboard_v1 *clipboard;
static struct copy copies[COPIES_MAX];
static char told[1024];

/* What waits for a pipe does so in a process of its own, which ends with this one. */
static bool in_child(void)
{
	pid_t parent = getpid();
	if (fork() != 0) {
		return false;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	return getppid() == parent;
}

static bool pump(int from, int to)
{
	char bytes[65536];
	ssize_t count;
	while ((count = read(from, bytes, sizeof(bytes))) > 0) {
		for (ssize_t done = 0; done < count;) {
			ssize_t written = write(to, bytes + done, (size_t)(count - done));
			if (written < 0) {
				return false;
			}
			done += written;
		}
	}
	return count == 0;
}

static void handle_type(void *data, struct sill_clipboard_v1 *proxy, const char *type)
{
	size_t used = strlen(told);
	snprintf(told + used, sizeof(told) - used, " %s", type);
}

static void handle_selection(void *data, struct sill_clipboard_v1 *proxy)
{
	printf("selection%s\n", told);
	fflush(stdout);
	told[0] = '\0';
}

static void handle_send(void *data, struct sill_clipboard_v1 *proxy, const char *type, int32_t fd)
{
	for (int i = 0; i < COPIES_MAX; i++) {
		if (strcmp(copies[i].type, type) != 0 || !in_child()) {
			continue;
		}
		if (strcmp(copies[i].path, "-") == 0) {
			pause();
		}
		_exit(pump(open(copies[i].path, O_RDONLY | O_CLOEXEC), fd) ? 0 : 1);
	}
	close(fd);
}

static const struct sill_clipboard_v1_listener listener = {
	.selection_type = handle_type,
	.selection = handle_selection,
	.send = handle_send,
};

void probe_clipboard_init(struct sill_bridge_v1 *bridge)
{
	signal(SIGCHLD, SIG_IGN);
	clipboard = sill_bridge_v1_get_clipboard(bridge);
	sill_clipboard_v1_add_listener(clipboard, &listener, NULL);
}

static void copy(char **word)
{
	memset(copies, 0, sizeof(copies));
	for (int i = 0; i < COPIES_MAX && word[0] != NULL && word[1] != NULL; i++, word += 2) {
		snprintf(copies[i].type, NAME_SIZE, "%s", word[0]);
		snprintf(copies[i].path, NAME_SIZE, "%s", word[1]);
		sill_clipboard_v1_offer(clipboard, word[0]);
	}
	sill_clipboard_v1_set_selection(clipboard);
}

/* Under another name until it is whole. */
static void receive(int from, const char *path, bool all)
{
	char part[NAME_SIZE + 8], bytes[PEEK_SIZE];
	snprintf(part, sizeof(part), "%s.part", path);
	int to = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok = all ? pump(from, to) : read(from, bytes, sizeof(bytes)) > 0;
	_exit(ok && rename(part, path) == 0 ? 0 : 1);
}

static void paste(const char *type, const char *path, bool all)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) < 0) {
		exit(1);
	}
	sill_clipboard_v1_receive(clipboard, type, ends[1]);
	wl_display_flush(wl_proxy_get_display((struct wl_proxy *)clipboard));
	close(ends[1]);
	if (in_child()) {
		receive(ends[0], path, all);
	}
	close(ends[0]);
}

bool probe_clipboard_command(char **word)
{
	if (strcmp(word[0], "copy") == 0) {
		copy(word + 1);
	} else if (strcmp(word[0], "paste") == 0) {
		paste(word[1], word[2], true);
	} else if (strcmp(word[0], "peek") == 0) {
		paste(word[1], word[2], false);
	} else {
		return false;
	}
	return true;
}
