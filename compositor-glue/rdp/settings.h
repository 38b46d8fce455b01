// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_SETTINGS_H
#define COMPOSITOR_GLUE_RDP_SETTINGS_H

#include <freerdp/settings.h>
#include <stdbool.h>

struct credentials;
struct monitor_set;

/* What we offer to a client that connects. */
bool settings_apply(rdpSettings *settings, const struct credentials *credentials);

/* The monitors that the client announced when it connected. */
void settings_monitors(const rdpSettings *settings, struct monitor_set *monitors);

#endif
