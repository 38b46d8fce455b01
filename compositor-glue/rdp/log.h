// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_LOG_H
#define COMPOSITOR_GLUE_RDP_LOG_H

/* One line on stderr, whole even when two threads write. */
__attribute__((format(printf, 1, 2))) void log_line(const char *format, ...);

#endif
