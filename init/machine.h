// SPDX-License-Identifier: MIT
#ifndef INIT_MACHINE_H
#define INIT_MACHINE_H

#include <stdbool.h>

#include "init/unit.h"

/* What only the first process of a machine has to do, as opposed to that of a container. */

/* Whether we are that: PID 1 of the kernel's own pid namespace. */
bool machine_is_ours(void);

/*
 * Mounts what a kernel leaves to its first process and is not there: /proc, /sys, /dev, /run, /tmp,
 * control groups. From then on the log goes to the kernel's, which is there before any disk.
 */
void machine_prepare(void);

/* Turns it off or restarts it; comes back only when that cannot be done. */
void machine_end(enum end_action end);

/* The value of NAME= on the kernel's command line, in `to`; false: it is not there. */
bool machine_option(const char *name, char *to, unsigned size);

/* The profile that fits, and says why: "kms" where a screen is connected, else "windows". */
const char *machine_profile(bool has_kms);

#endif
