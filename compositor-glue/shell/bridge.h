// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_BRIDGE_H
#define COMPOSITOR_GLUE_SHELL_BRIDGE_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

#include "compositor-glue/shell/private_socket.h"

#define BRIDGE_SOCKET_OPTION "--bridge-socket="
#define BRIDGE_SOCKET_DEFAULT "/run/sill/bridge"
// What libwayland may buffer for a bridge that does not read, before it is disconnected
#define BRIDGE_BUFFER_MAX (1024 * 1024)
// More than this unread by the bridge: news is merged here instead of being sent
#define BRIDGE_UNREAD_MAX (64 * 1024)
#define BRIDGE_RETRY_NS INT64_C(50000000)

struct bridge;
struct shell;

/* The private global, and the one bridge that is served. */
struct bridge_global {
	struct shell *shell;
	struct wl_global *global;
	struct private_socket socket;
	struct bridge *current; // may be NULL
};

bool bridge_global_init(struct bridge_global *global, struct shell *shell, const char *path);
void bridge_global_finish(struct bridge_global *global);
// A client is there to look at the windows
bool bridge_is_active(const struct shell *shell);
struct wl_resource *bridge_resource(const struct shell *shell); // NULL without a bridge
// Does the bridge read what it is sent?
bool bridge_is_ready(const struct shell *shell);

#endif
