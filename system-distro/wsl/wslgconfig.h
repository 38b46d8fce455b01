// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_WSL_WSLGCONFIG_H
#define SYSTEM_DISTRO_WSL_WSLGCONFIG_H

#include <stdbool.h>

/* What the person wrote into .wslgconfig; NULL when there is no such file. */
struct wslgconfig;

/*
 * Reads it from the person's folder, which is named as Windows names it, or without a name (NULL)
 * from the folder that all share. Destroying NULL is fine.
 */
struct wslgconfig *wslgconfig_read(const char *user_profile);
void wslgconfig_destroy(struct wslgconfig *config);

/* The variables in [system-distro-env] become this process's, over whatever was there. */
void wslgconfig_apply(const struct wslgconfig *config);

/* Did the person set this variable? */
bool wslgconfig_sets(const struct wslgconfig *config, const char *name);

#endif
