// SPDX-License-Identifier: MIT
#ifndef INIT_CTL_LOGS_H
#define INIT_CTL_LOGS_H

/*
 * Copies a service's log from `fd` to stdout until it ends, as it is. With `unit`, as JSON: an
 * object with the unit and the line for each line, or for LOGS_LINE_MAX bytes of one that is
 * longer. 0 or -errno.
 */
#define LOGS_LINE_MAX 4096
int logs_copy(int fd, const char *unit);

#endif
