// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_STATUS_FRAMES_H
#define SYSTEM_DISTRO_SILL_STATUS_FRAMES_H

#include <stdbool.h>

struct instance;

/** sill status --frames: how windows were sent to the client. The exit code. */
int status_frames(const struct instance *instance, bool json);

#endif
