// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_WSL_ENVIRONMENT_FILE_H
#define SYSTEM_DISTRO_WSL_ENVIRONMENT_FILE_H

#include <stdbool.h>
#include <stddef.h>

#define ENVIRONMENT_LINE_MAX 4096

/*
 * One variable in the syntax of EnvironmentFile= (systemd.exec(5)): in double quotes, with a
 * backslash before what would mean something there. False when the name is none, when the value has
 * a line's end in it or when it does not fit.
 */
bool environment_line(const char *name, const char *value, char *ret_line, size_t size);

/* Is this variable for the services, of those that WSL gave to the boot command? */
bool environment_is_wanted(const char *name);

#endif
