// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_DISP_H
#define COMPOSITOR_GLUE_RDP_DISP_H

#include <stdbool.h>

struct session;

/* The display control channel (MS-RDPEDISP): the client's monitors change while it is connected. */
bool disp_open(struct session *session);
void disp_close(struct session *session);

#endif
