// SPDX-License-Identifier: MIT
#ifndef INIT_ENVIRONMENT_FILE_H
#define INIT_ENVIRONMENT_FILE_H

#include "init/environment.h"

#define ENVIRONMENT_FILE_MAX 16384

/*
 * Sets what the text of an EnvironmentFile= says, NAME=value a line, which is changed. Comments and
 * lines that say nothing are left out, as systemd does. False when there is no room.
 */
bool environment_file_put(struct environment *environment, char *text);

#endif
