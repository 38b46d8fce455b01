// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_SETTINGS_H
#define COMPOSITOR_GLUE_RDP_SETTINGS_H

#include <freerdp/settings.h>
#include <stdbool.h>

struct credentials;
struct monitor_set;

/*
 * What we offer to a client that connects; the host of a virtual machine needs no proof of who it is.
 */
bool settings_apply(rdpSettings *settings, const struct credentials *credentials, bool is_host);

/* The monitors that the client announced when it connected. */
void settings_monitors(const rdpSettings *settings, struct monitor_set *monitors);

#endif
