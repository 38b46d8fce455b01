// SPDX-License-Identifier: MIT
/*
 * An application whose popups are where one says:
 *
 *   menus WIDTH HEIGHT
 *
 * opens a window of that size, until it is asked for another, and has one xdg_positioner. Lines on
 * stdin are its requests, "size 80 60", "rect 0 0 10 10", "anchor 8", "gravity 8", "adjust 63" and
 * "offset 0 0", or:
 *
 *   open PARENT       a popup by it, over the window (0) or an earlier popup (1 is the first)
 *   reposition POPUP
 *   close             the last popup
 *   destroy POPUP     the memory of what it shows
 *
 * Says "popup NUMBER X Y WIDTH HEIGHT" of each that is configured.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/harness/wayland.h"

#define POPUPS_MAX 8
#define LINE_SIZE 128
#define ARGUMENTS_MAX 4

struct pane {
	int number, width, height;
	struct wl_surface *surface; // NULL when it is not there
	struct xdg_surface *xdg;
	struct xdg_popup *popup; // NULL for the window
	struct shared shared;
};

static struct wayland wayland;
static struct xdg_positioner *positioner;
static struct pane panes[POPUPS_MAX + 1]; // 0 is the window
static int popup_count;

/* Each pixel another colour, so that none can be taken for its neighbour. */
static void paint(struct pane *pane)
{
	for (int i = 0; i < pane->width * pane->height; i++) {
		pane->shared.pixels[i] = (uint32_t)(i + pane->number * 0x10000);
	}
}

static void draw(void *data, struct xdg_surface *xdg, uint32_t serial)
{
	struct pane *pane = data;
	xdg_surface_ack_configure(xdg, serial);
	wayland_unshare(&pane->shared);
	pane->shared = wayland_share(&wayland, pane->width, pane->height, WL_SHM_FORMAT_XRGB8888);
	paint(pane);
	wl_surface_attach(pane->surface, pane->shared.proxy, 0, 0);
	wl_surface_damage(pane->surface, 0, 0, INT32_MAX, INT32_MAX);
	wl_surface_commit(pane->surface);
}

static const struct xdg_surface_listener surface_listener = {.configure = draw};

static void make_pane(struct pane *pane)
{
	pane->number = (int)(pane - panes);
	pane->surface = wl_compositor_create_surface(wayland.compositor);
	pane->xdg = xdg_wm_base_get_xdg_surface(wayland.wm, pane->surface);
	xdg_surface_add_listener(pane->xdg, &surface_listener, pane);
}

static void ignore_close(void *data, struct xdg_toplevel *toplevel)
{
}

static void configure_window(void *data, struct xdg_toplevel *toplevel, int32_t width,
	int32_t height, struct wl_array *states)
{
	if (width > 0 && height > 0) {
		panes[0].width = width;
		panes[0].height = height;
	}
}

static const struct xdg_toplevel_listener toplevel_listener = {
	.configure = configure_window, .close = ignore_close};

static void open_window(int width, int height)
{
	make_pane(&panes[0]);
	panes[0].width = width;
	panes[0].height = height;
	struct xdg_toplevel *toplevel = xdg_surface_get_toplevel(panes[0].xdg);
	xdg_toplevel_add_listener(toplevel, &toplevel_listener, NULL);
	xdg_toplevel_set_title(toplevel, "menus");
	wl_surface_commit(panes[0].surface);
}

static void configure(
	void *data, struct xdg_popup *popup, int32_t x, int32_t y, int32_t width, int32_t height)
{
	struct pane *pane = data;
	pane->width = width;
	pane->height = height;
	printf("popup %d %d %d %d %d\n", pane->number, x, y, width, height);
	fflush(stdout);
}

static void ignore_done(void *data, struct xdg_popup *popup)
{
}

static void ignore_repositioned(void *data, struct xdg_popup *popup, uint32_t token)
{
}

static const struct xdg_popup_listener popup_listener = {
	.configure = configure, .popup_done = ignore_done, .repositioned = ignore_repositioned};

static void open_popup(int parent)
{
	struct pane *pane = &panes[++popup_count];
	make_pane(pane);
	pane->popup = xdg_surface_get_popup(pane->xdg, panes[parent].xdg, positioner);
	xdg_popup_add_listener(pane->popup, &popup_listener, pane);
	wl_surface_commit(pane->surface);
}

static void close_popup(void)
{
	struct pane *pane = &panes[popup_count--];
	xdg_popup_destroy(pane->popup);
	xdg_surface_destroy(pane->xdg);
	wl_surface_destroy(pane->surface);
	wayland_unshare(&pane->shared);
	*pane = (struct pane){0};
}

static bool popup_command(const char *word, int number)
{
	if (strcmp(word, "open") == 0 && popup_count < POPUPS_MAX && number <= popup_count) {
		open_popup(number);
	} else if (strcmp(word, "reposition") == 0 && number > 0 && number <= popup_count) {
		xdg_popup_reposition(panes[number].popup, positioner, 0);
	} else if (strcmp(word, "close") == 0 && popup_count > 0) {
		close_popup();
	} else if (strcmp(word, "destroy") == 0 && number <= popup_count) {
		wayland_unshare(&panes[number].shared);
	} else {
		return false;
	}
	return true;
}

static bool run(const char *line)
{
	char word[LINE_SIZE];
	int n[ARGUMENTS_MAX] = {0};
	sscanf(line, "%127s %d %d %d %d", word, &n[0], &n[1], &n[2], &n[3]);
	if (strcmp(word, "size") == 0) {
		xdg_positioner_set_size(positioner, n[0], n[1]);
	} else if (strcmp(word, "rect") == 0) {
		xdg_positioner_set_anchor_rect(positioner, n[0], n[1], n[2], n[3]);
	} else if (strcmp(word, "anchor") == 0) {
		xdg_positioner_set_anchor(positioner, (uint32_t)n[0]);
	} else if (strcmp(word, "gravity") == 0) {
		xdg_positioner_set_gravity(positioner, (uint32_t)n[0]);
	} else if (strcmp(word, "adjust") == 0) {
		xdg_positioner_set_constraint_adjustment(positioner, (uint32_t)n[0]);
	} else if (strcmp(word, "offset") == 0) {
		xdg_positioner_set_offset(positioner, n[0], n[1]);
	} else {
		return popup_command(word, n[0]);
	}
	return true;
}

static bool run_lines(void)
{
	char line[LINE_SIZE];
	while (fgets(line, sizeof(line), stdin) != NULL) {
		if (!run(line)) {
			fprintf(stderr, "menus: what is \"%s\"?\n", line);
			return false;
		}
	}
	clearerr(stdin);
	return true;
}

int main(int argc, char *argv[])
{
	if (argc != 3 || !wayland_connect(&wayland, NULL)) {
		fputs("usage: menus WIDTH HEIGHT, with WAYLAND_DISPLAY\n", stderr);
		return 2;
	}
	positioner = xdg_wm_base_create_positioner(wayland.wm);
	open_window(atoi(argv[1]), atoi(argv[2]));
	struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN},
		{.fd = wl_display_get_fd(wayland.display), .events = POLLIN}};
	fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
	while (wl_display_dispatch_pending(wayland.display) >= 0) {
		wl_display_flush(wayland.display);
		if (poll(fds, 2, -1) < 0 || (fds[0].revents != 0 && !run_lines())) {
			return 1;
		}
		if (fds[1].revents != 0 && wl_display_dispatch(wayland.display) < 0) {
			return 1;
		}
	}
	return 1;
}
