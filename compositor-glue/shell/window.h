// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_WINDOW_H
#define COMPOSITOR_GLUE_SHELL_WINDOW_H

#include <libweston/desktop.h>
#include <libweston/libweston.h>
#include <stdbool.h>
#include <stdint.h>

#include "compositor-glue/shell/frame.h"
#include "compositor-glue/shell/monitors.h"

#define WINDOWS_MAX 1024
#define WINDOW_TITLE_MAX 1024 // bytes, without the NUL
#define WINDOW_APP_ID_MAX 256
#define WINDOW_ICON_NAME_MAX 256
// So long an application may take to draw a size that it was asked for
#define WINDOW_ANSWER_NS INT64_C(2000000000)

struct icon;
struct shell;
struct window_kind;
struct x11_window;

// The same numbers as sill_window_v1's
enum window_role {
	WINDOW_TOPLEVEL,
	WINDOW_POPUP,
	WINDOW_OVERRIDE_REDIRECT,
};

enum window_state {
	WINDOW_MAXIMIZED = 1,
	WINDOW_FULLSCREEN = 2,
	WINDOW_MINIMIZED = 4,
};

// What the bridge does not know yet
enum window_news {
	WINDOW_NEWS_ROLE = 1,
	WINDOW_NEWS_NAMES = 2,
	WINDOW_NEWS_GEOMETRY = 4,
	WINDOW_NEWS_STATE = 8,
	WINDOW_NEWS_LIMITS = 16,
	WINDOW_NEWS_ICON = 32,
	WINDOW_NEWS_ALL = 63,
};

/*
 * The application was asked for another size and has not drawn it yet. Until then the one it has is
 * no news: told to the client, it would undo what the person just did.
 */
struct awaited_size {
	int32_t from_width, from_height; // 0 when nothing is awaited
	int64_t until; // it may as well stay as it is
};

struct window {
	struct shell *shell;
	struct wl_list link; // shell.windows
	enum window_role role;
	const struct window_kind *kind;
	struct weston_surface *surface; // NULL once it is destroyed
	struct weston_desktop_surface *desktop_surface; // of xdg-shell's toplevels only
	struct x11_window *x11; // of X11's only
	struct weston_view *view; // ours; of a popup it is libweston-desktop's, and NULL here
	struct window *parent; // of a toplevel, may be NULL

	uint32_t number; // 0 while not mapped
	uint32_t owner; // number of the window that an override-redirect one belongs to
	uint32_t state; // enum window_state
	bool above; // kept over the others
	bool modal; // the parent has to wait for it
	uint32_t scale; // in 120ths, see scale.h
	struct weston_transform transform; // of the view, in its list unless scale is 1
	bool placed; // it was mapped once, or the application said where
	int32_t want_x, want_y; // global, where an X11 window wishes to be
	bool wants_position;
	// In the client's coordinates, without shadow:
	struct rect restore; // before it was maximized or fullscreen; width 0 when there is none
	int32_t hold_x, hold_y; // where a maximized or fullscreen one stays

	struct awaited_size awaited;
	struct weston_size min_size, max_size; // in the application's units, 0 for no limit
	struct icon *icon; // its own; owned, may be NULL
	char icon_name[WINDOW_ICON_NAME_MAX + 1]; // of the icon theme; "" for none

	struct frames frames;

	struct wl_resource *resource; // sill_window_v1, may be NULL
	uint32_t news; // enum window_news
	struct rect told; // the geometry that the bridge knows, in the client's coordinates
	bool told_above;
	int32_t told_limits[4];
	char told_title[WINDOW_TITLE_MAX + 1], told_app_id[WINDOW_APP_ID_MAX + 1];
	struct wl_listener metadata;
};

// NULL when memory is short or there are too many already, which is logged
struct window *window_create(struct shell *shell, enum window_role role,
	const struct window_kind *kind, struct weston_surface *surface);
void window_destroy(struct window *window);
void window_map(struct window *window);
void window_unmap(struct window *window);
bool window_is_mapped(const struct window *window);
struct window *window_from_weston(struct weston_surface *surface); // may be NULL
struct window *window_from_desktop(struct weston_desktop_surface *surface); // may be NULL
// Of an xdg_toplevel or xdg_surface; may be NULL
struct window *window_from_resource(struct shell *shell, struct wl_resource *resource);
// Copies the icon, which may be NULL
void window_set_icon(struct window *window, const struct icon *icon);

// The part of the surface that is the window, without shadow, in the application's units
struct rect window_content(const struct window *window);
// Its size in pixels
struct rect window_size(const struct window *window);
// Where it is, in global coordinates
struct rect window_rect(struct window *window);
struct window *window_parent(const struct window *window); // may be NULL
uint32_t window_parent_number(const struct window *window);
struct weston_view *window_view(const struct window *window); // may be NULL
void window_tell(struct window *window, uint32_t news);
bool window_is_visible(const struct window *window);
// Moves its view, and lets the application know if it has to
void window_set_position(struct window *window, struct weston_coord_global pos);
void window_await_size(struct window *window, int32_t width, int32_t height);
// PACING_NEVER when its size can be told, else when it can be at the latest
int64_t window_awaits_size(struct window *window, int64_t now);

#endif
