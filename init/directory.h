// SPDX-License-Identifier: MIT
#ifndef INIT_DIRECTORY_H
#define INIT_DIRECTORY_H

#include <sys/types.h>

#define DIRECTORY_PATH_MAX 256

#define OWNER_KEEP ((id_t) - 1)

/* Makes the directories above `path` that are not there yet. 0 or -errno. */
int directory_make_parents(const char *path, mode_t mode);

/* Makes `path` if need be, and sets its mode and owner (OWNER_KEEP: leave it). 0 or -errno. */
int directory_make(const char *path, mode_t mode, uid_t uid, gid_t gid);

/* Calls `each` with every name in it, . and .. too. 0 or -errno. */
int directory_list(const char *path, void (*each)(void *data, const char *name), void *data);

#endif
