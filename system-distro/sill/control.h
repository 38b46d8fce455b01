// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_CONTROL_H
#define SYSTEM_DISTRO_SILL_CONTROL_H

#include <stdbool.h>

#include "system-distro/sill/instance.h"

/* A status or log answer longer than this is cut off. */
#define CONTROL_ANSWER_MAX (1 << 20)

/**
 * Ask the instance's init one request (sillctl(1) has the list) and return its whole answer,
 * allocated, or NULL with errno when it cannot be asked.
 */
char *control_ask(const struct instance *instance, const char *request);

/** What sill-rdp tells of how windows were sent, allocated, or NULL with errno. */
char *control_ask_frames(const struct instance *instance);

/** Whether every service that was to be started is ready. */
bool control_is_running(const struct instance *instance);

#endif
