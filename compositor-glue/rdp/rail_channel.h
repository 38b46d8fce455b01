// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_RAIL_CHANNEL_H
#define COMPOSITOR_GLUE_RDP_RAIL_CHANNEL_H

#include <stdbool.h>

struct session;

/*
 * FreeRDP reads the RemoteApp channel in a thread of its own. What that hears goes into the
 * session's inbox; rail.c takes it from there.
 */
bool rail_channel_start(struct session *session);
void rail_channel_stop(struct session *session);

#endif
