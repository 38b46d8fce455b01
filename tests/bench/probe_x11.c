// SPDX-License-Identifier: MIT
/*
 * Draws a scene as an X11 application does: by MIT-SHM, 60 frames a second, each whole. For the
 * peers that are X servers, and for Xwayland.
 *
 *   probe_x11 SCENE WIDTH HEIGHT [X Y]
 */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#include <xcb/shm.h>
#include <xcb/xcb.h>

#include "tests/bench/scene.h"

#define INTERVAL_NS INT64_C(16666667)
#define RESIZE_STEPS 40
#define RESIZE_STEP 8

static struct probe {
	xcb_connection_t *connection;
	xcb_screen_t *screen;
	xcb_window_t window;
	xcb_gcontext_t gc;
	xcb_shm_seg_t segment;
	struct picture picture;
	enum scene_kind scene;
	int width, height;
	int x, y;
	uint32_t frame;
	bool placed, mapped, busy;
} app;

static int64_t now_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void say(const char *what)
{
	printf("%s %" PRIu32 " %.3f\n", what, app.frame, (double)now_ns() / 1e6);
	fflush(stdout);
}

static void make_picture(void)
{
	int wide = app.width + RESIZE_STEPS * RESIZE_STEP,
	    high = app.height + RESIZE_STEPS * RESIZE_STEP;
	size_t size = (size_t)wide * (size_t)high * 4;
	int fd = memfd_create("probe", MFD_CLOEXEC);
	if (fd < 0 || ftruncate(fd, (off_t)size) < 0) {
		abort();
	}
	void *pixels = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (pixels == MAP_FAILED) {
		abort();
	}
	/* By descriptor: the server may be in another IPC namespace. It is closed by sending. */
	app.segment = xcb_generate_id(app.connection);
	if (xcb_request_check(app.connection,
		    xcb_shm_attach_fd_checked(app.connection, app.segment, fd, 1)) != NULL) {
		fprintf(stderr, "probe_x11: the X server does not attach shared memory\n");
		exit(1);
	}
	app.picture = (struct picture){pixels, app.width, app.height, SCENE_NEVER};
}

static void fit(void)
{
	int wider = app.scene == SCENE_RESIZE ? (int)(app.frame % RESIZE_STEPS) * RESIZE_STEP : 0;
	uint32_t size[] = {(uint32_t)(app.width + wider), (uint32_t)(app.height + wider / 2)};
	if (app.picture.width == (int)size[0]) {
		return;
	}
	app.picture.width = (int)size[0];
	app.picture.height = (int)size[1];
	app.picture.frame = SCENE_NEVER;
	xcb_configure_window(app.connection, app.window,
		XCB_CONFIG_WINDOW_WIDTH | XCB_CONFIG_WINDOW_HEIGHT, size);
}

/* The server says when it has read the picture; until then it is not drawn over. */
static void draw(void)
{
	fit();
	scene_draw(app.scene, &app.picture, app.frame);
	uint16_t width = (uint16_t)app.picture.width, height = (uint16_t)app.picture.height;
	xcb_shm_put_image(app.connection, app.window, app.gc, width, height, 0, 0, width, height, 0,
		0, app.screen->root_depth, XCB_IMAGE_FORMAT_Z_PIXMAP, 1, app.segment, 0);
	xcb_flush(app.connection);
	app.busy = true;
	say("frame");
}

/* ICCCM 4.1.2.3, by the person: what a window manager must not overrule. */
static void wish_place(void)
{
	enum {
		US_POSITION = 1,
		WORDS = 18
	};
	const uint32_t hints[WORDS] = {US_POSITION, (uint32_t)app.x, (uint32_t)app.y};
	xcb_change_property(app.connection, XCB_PROP_MODE_REPLACE, app.window,
		XCB_ATOM_WM_NORMAL_HINTS, XCB_ATOM_WM_SIZE_HINTS, 32, WORDS, hints);
}

static void open_window(void)
{
	const uint32_t events[] = {app.screen->black_pixel,
		XCB_EVENT_MASK_EXPOSURE | XCB_EVENT_MASK_KEY_PRESS | XCB_EVENT_MASK_FOCUS_CHANGE};
	app.window = xcb_generate_id(app.connection);
	xcb_create_window(app.connection, XCB_COPY_FROM_PARENT, app.window, app.screen->root,
		(int16_t)app.x, (int16_t)app.y, (uint16_t)app.width, (uint16_t)app.height, 0,
		XCB_WINDOW_CLASS_INPUT_OUTPUT, app.screen->root_visual,
		XCB_CW_BACK_PIXEL | XCB_CW_EVENT_MASK, events);
	xcb_change_property(app.connection, XCB_PROP_MODE_REPLACE, app.window, XCB_ATOM_WM_NAME,
		XCB_ATOM_STRING, 8, 5, "probe");
	if (app.placed) {
		wish_place();
	}
	app.gc = xcb_generate_id(app.connection);
	xcb_create_gc(app.connection, app.gc, app.window, 0, NULL);
	xcb_map_window(app.connection, app.window);
	xcb_flush(app.connection);
}

static void handle(const xcb_generic_event_t *event, uint8_t completed)
{
	uint8_t type = event->response_type & 0x7f;
	if (type == completed) {
		app.busy = false;
	} else if (type == XCB_EXPOSE && !app.mapped) {
		app.mapped = true;
		draw();
	} else if (type == XCB_EXPOSE && !scene_moves(app.scene)) {
		draw();
	} else if (type == XCB_FOCUS_IN) {
		say("focus");
	} else if (type == XCB_KEY_PRESS && !scene_moves(app.scene)) {
		app.frame++;
		draw();
	}
}

static int wait_ms(int64_t due)
{
	if (!app.mapped || !scene_moves(app.scene) || app.busy) {
		return -1;
	}
	int64_t left = due - now_ns();
	return left > 0 ? (int)(left / 1000000) + 1 : 0;
}

static void run(uint8_t completed)
{
	int64_t due = now_ns();
	struct pollfd waiting = {xcb_get_file_descriptor(app.connection), POLLIN, 0};
	while (xcb_connection_has_error(app.connection) == 0) {
		xcb_generic_event_t *event;
		while ((event = xcb_poll_for_event(app.connection)) != NULL) {
			handle(event, completed);
			free(event);
		}
		int timeout = wait_ms(due);
		if (timeout == 0) {
			due = due + INTERVAL_NS > now_ns() ? due + INTERVAL_NS : now_ns();
			app.frame++;
			draw();
		} else {
			poll(&waiting, 1, timeout);
		}
	}
}

int main(int argc, char **argv)
{
	app.placed = argc == 6;
	app.scene = argc == 4 || app.placed ? scene_by_name(argv[1]) : SCENE_KINDS;
	if (app.scene == SCENE_KINDS) {
		fprintf(stderr, "usage: probe_x11 SCENE WIDTH HEIGHT [X Y]\n");
		return 2;
	}
	app.width = atoi(argv[2]);
	app.height = atoi(argv[3]);
	app.x = app.placed ? atoi(argv[4]) : 0;
	app.y = app.placed ? atoi(argv[5]) : 0;
	say("start");
	app.connection = xcb_connect(NULL, NULL);
	if (xcb_connection_has_error(app.connection) != 0) {
		fprintf(stderr, "probe_x11: no usable X11 display\n");
		return 1;
	}
	app.screen = xcb_setup_roots_iterator(xcb_get_setup(app.connection)).data;
	const xcb_query_extension_reply_t *shm =
		xcb_get_extension_data(app.connection, &xcb_shm_id);
	if (shm == NULL || !shm->present) {
		fprintf(stderr, "probe_x11: the X server has no MIT-SHM\n");
		return 1;
	}
	make_picture();
	open_window();
	run((uint8_t)(shm->first_event + XCB_SHM_COMPLETION));
	return 0;
}
