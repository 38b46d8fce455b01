// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_DESKTOP_ICONS_H
#define COMPOSITOR_GLUE_SHELL_DESKTOP_ICONS_H

#include <stdbool.h>
#include <sys/un.h>
#include <wayland-server.h>

struct icon;
struct known_icon;
struct shell;
struct window;

#define ICONS_SOCKET_OPTION "--icons-socket="
#define ICONS_SOCKET_DEFAULT "/run/sill/icons"
#define DESKTOP_ICONS_MAX 64 // that are remembered, or asked for

/*
 * The icons of applications' .desktop entries and of the icon theme, for windows that have none of
 * their own. sill-icons reads them; it is asked for one at a time, and let go when no window waits.
 */
struct desktop_icons {
	struct shell *shell;
	struct sockaddr_un address;
	struct wl_list known; // struct known_icon.link, the last used first
	int count;
	int fd; // -1 while nothing is asked
	struct wl_event_source *source; // NULL then
	struct known_icon *asked; // what the next answer is about; may be NULL
	struct wl_event_source *idle; // may be NULL
	bool is_refused; // nobody is there, which was said
};

bool desktop_icons_init(struct desktop_icons *icons, struct shell *shell, const char *path);
void desktop_icons_finish(struct desktop_icons *icons);
// NULL when there is none, or not yet: the window is told WINDOW_NEWS_ICON later
const struct icon *desktop_icons_find(struct desktop_icons *icons, struct window *window);

#endif
