// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_NOTIFY_H
#define COMPOSITOR_GLUE_RDP_NOTIFY_H

/* Tells whoever started us (NOTIFY_SOCKET, sd_notify's protocol); quiet when nobody asked. */
void notify(const char *message);

#endif
