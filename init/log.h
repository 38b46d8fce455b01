// SPDX-License-Identifier: MIT
#ifndef INIT_LOG_H
#define INIT_LOG_H

#include <stddef.h>

/* One line of init's own on stderr. */
__attribute__((format(printf, 1, 2))) void log_say(const char *format, ...);

/* From now on into the kernel's log, as far as that takes it. */
void log_to_kernel(void);

/* A line that `name` wrote, on stderr. A reader that does not keep up loses lines. */
void log_line(const char *name, const char *line, size_t length);

#endif
