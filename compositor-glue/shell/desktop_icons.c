// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/desktop_icons.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "compositor-glue/protocol/sill-icons-v1.h"
#include "compositor-glue/shell/icon.h"
#include "compositor-glue/shell/remote.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/text.h"
#include "compositor-glue/shell/window.h"
#include "compositor-glue/shell/window_kind.h"

_Static_assert(ICON_SIZE == SILL_ICONS_SIDE, "icons are taken as they come");

enum known_state {
	KNOWN_WANTED,
	KNOWN_ASKED,
	KNOWN_ANSWERED,
};

struct known_icon {
	struct wl_list link; // desktop_icons.known
	enum known_state state;
	struct sill_icons_request request;
	struct icon *icon; // owned; NULL when there is none
};

static void schedule(struct desktop_icons *icons);

static void forget(struct desktop_icons *icons, struct known_icon *known)
{
	icons->count--;
	wl_list_remove(&known->link);
	free(known->icon);
	free(known);
}

static bool fill(struct sill_icons_request *request, enum sill_icons_kind kind, const char *name)
{
	*request = (struct sill_icons_request){.kind = kind};
	if (name == NULL || name[0] == '\0' || strlen(name) >= sizeof(request->name)) {
		return false;
	}
	strcpy(request->name, name);
	return true;
}

// What is asked for a window: first the name it gave its icon, if that is in the theme
static bool make_request(
	const struct window *window, bool by_name, struct sill_icons_request *ret_request)
{
	const struct window_kind *kind = window->kind;
	if (window->role != WINDOW_TOPLEVEL || window->icon != NULL) {
		return false;
	}
	if (by_name) {
		return fill(ret_request, SILL_ICONS_OF_THEME, window->icon_name);
	}
	if (!fill(ret_request, kind->icons, kind->app_id(window))) {
		return false;
	}
	text_copy(ret_request->other, sizeof(ret_request->other), kind->instance(window));
	return true;
}

static bool is_wanted_by(const struct window *window, const struct sill_icons_request *request)
{
	struct sill_icons_request wanted;
	for (int by_name = 0; by_name < 2; by_name++) {
		if (window_is_mapped(window) && make_request(window, by_name, &wanted) &&
			memcmp(&wanted, request, sizeof(wanted)) == 0) {
			return true;
		}
	}
	return false;
}

// Tells the windows that wait for it, if there are any
static bool find_wanting(
	struct desktop_icons *icons, const struct sill_icons_request *request, bool tell)
{
	struct window *window;
	bool is_wanted = false;
	wl_list_for_each(window, &icons->shell->windows, link)
	{
		if (is_wanted_by(window, request)) {
			is_wanted = true;
			if (tell) {
				window_tell(window, WINDOW_NEWS_ICON);
			}
		}
	}
	return is_wanted;
}

static void hang_up(struct desktop_icons *icons)
{
	if (icons->source != NULL) {
		wl_event_source_remove(icons->source);
		icons->source = NULL;
	}
	if (icons->fd >= 0) {
		close(icons->fd);
		icons->fd = -1;
	}
	icons->asked = NULL;
}

// What was asked for is not asked for again
static void give_up(struct desktop_icons *icons, const char *why)
{
	if (icons->asked != NULL) {
		weston_log("sill-shell: no icon for \"%s\": %s\n", icons->asked->request.name, why);
		icons->asked->state = KNOWN_ANSWERED;
	}
	hang_up(icons);
	schedule(icons);
}

static struct icon *take(const struct sill_icons_answer *answer, size_t size)
{
	struct icon *icon = NULL;
	if (size == sizeof(*answer) && answer->found != 0) {
		icon = malloc(sizeof(*icon));
	}
	if (icon != NULL) {
		icon->source = ICON_SIZE;
		memcpy(icon->pixels, answer->pixels, sizeof(icon->pixels));
	}
	return icon;
}

static int handle_answer(int fd, uint32_t mask, void *data)
{
	struct desktop_icons *icons = data;
	struct sill_icons_answer answer;
	struct known_icon *known = icons->asked;
	ssize_t got = recv(fd, &answer, sizeof(answer), MSG_DONTWAIT);
	if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
		return 0;
	}
	if (got < (ssize_t)offsetof(struct sill_icons_answer, pixels) || known == NULL) {
		give_up(icons, "who looked for it has ended");
		return 0;
	}
	icons->asked = NULL;
	known->state = KNOWN_ANSWERED;
	known->icon = take(&answer, (size_t)got);
	find_wanting(icons, &known->request, true);
	schedule(icons);
	return 0;
}

static bool dial(struct desktop_icons *icons)
{
	if (icons->fd >= 0) {
		return true;
	}
	icons->fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (icons->fd < 0 || connect(icons->fd, (const struct sockaddr *)&icons->address,
				     sizeof(icons->address)) < 0) {
		if (!icons->is_refused) {
			weston_log("sill-shell: %s: no icons of .desktop entries: %s\n",
				icons->address.sun_path, strerror(errno));
		}
		icons->is_refused = true;
		return false;
	}
	icons->source = wl_event_loop_add_fd(
		wl_display_get_event_loop(icons->shell->compositor->wl_display), icons->fd,
		WL_EVENT_READABLE, handle_answer, icons);
	return icons->source != NULL;
}

static void ask(struct desktop_icons *icons, struct known_icon *known)
{
	ssize_t size = sizeof(known->request);
	if (!dial(icons)) {
		known->state = KNOWN_ANSWERED;
		hang_up(icons);
		schedule(icons);
		return;
	}
	known->state = KNOWN_ASKED;
	icons->asked = known;
	if (send(icons->fd, &known->request, (size_t)size, MSG_NOSIGNAL | MSG_DONTWAIT) != size) {
		give_up(icons, strerror(errno));
	}
}

// The one that waits longest, of those that a window still wants
static struct known_icon *next_wanted(struct desktop_icons *icons)
{
	struct known_icon *known, *next;
	wl_list_for_each_reverse_safe(known, next, &icons->known, link)
	{
		if (known->state != KNOWN_WANTED) {
			continue;
		}
		if (find_wanting(icons, &known->request, false)) {
			return known;
		}
		forget(icons, known);
	}
	return NULL;
}

static void handle_idle(void *data)
{
	struct desktop_icons *icons = data;
	icons->idle = NULL;
	struct known_icon *known = icons->asked == NULL ? next_wanted(icons) : NULL;
	if (known != NULL) {
		ask(icons, known);
	} else if (icons->asked == NULL) {
		hang_up(icons);
	}
}

static void schedule(struct desktop_icons *icons)
{
	if (icons->idle == NULL) {
		icons->idle = wl_event_loop_add_idle(
			wl_display_get_event_loop(icons->shell->compositor->wl_display),
			handle_idle, icons);
	}
}

// Room for another one; false when all that are known are still waited for
static bool make_room(struct desktop_icons *icons)
{
	struct known_icon *known;
	if (icons->count < DESKTOP_ICONS_MAX) {
		return true;
	}
	wl_list_for_each_reverse(known, &icons->known, link)
	{
		if (known->state == KNOWN_ANSWERED) {
			forget(icons, known);
			return true;
		}
	}
	return false;
}

static struct known_icon *look_up(
	struct desktop_icons *icons, const struct sill_icons_request *request)
{
	struct known_icon *known;
	wl_list_for_each(known, &icons->known, link)
	{
		if (memcmp(&known->request, request, sizeof(*request)) == 0) {
			wl_list_remove(&known->link);
			wl_list_insert(&icons->known, &known->link);
			return known;
		}
	}
	known = make_room(icons) ? calloc(1, sizeof(*known)) : NULL;
	if (known != NULL) {
		known->request = *request;
		icons->count++;
		wl_list_insert(&icons->known, &known->link);
		schedule(icons);
	}
	return known;
}

const struct icon *desktop_icons_find(struct desktop_icons *icons, struct window *window)
{
	struct sill_icons_request request;
	for (int by_name = 1; by_name >= 0; by_name--) {
		if (!make_request(window, by_name, &request)) {
			continue;
		}
		const struct known_icon *known = look_up(icons, &request);
		if (known == NULL || known->state != KNOWN_ANSWERED || known->icon != NULL) {
			return known != NULL ? known->icon : NULL;
		}
	}
	return NULL;
}

bool desktop_icons_init(struct desktop_icons *icons, struct shell *shell, const char *path)
{
	*icons = (struct desktop_icons){
		.shell = shell, .address = {.sun_family = AF_UNIX}, .fd = -1};
	wl_list_init(&icons->known);
	if (strlen(path) >= sizeof(icons->address.sun_path)) {
		weston_log("sill-shell: %s%s: longer than a socket's path can be\n",
			ICONS_SOCKET_OPTION, path);
		return false;
	}
	strcpy(icons->address.sun_path, path);
	return true;
}

void desktop_icons_finish(struct desktop_icons *icons)
{
	struct known_icon *known, *next;
	hang_up(icons);
	if (icons->idle != NULL) {
		wl_event_source_remove(icons->idle);
	}
	wl_list_for_each_safe(known, next, &icons->known, link)
	{
		forget(icons, known);
	}
}
