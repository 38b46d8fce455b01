// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_CHILD_H
#define SYSTEM_DISTRO_SILL_CHILD_H

#include "system-distro/sill/strv.h"

/** In a new process: become the program, with what it says going to log_fd. Never returns. */
__attribute__((noreturn)) void child_exec(const struct strv *argv, int log_fd);

/** Run a program to its end, what it says going to log_fd. Its exit code; 127 when there is none.
 */
int child_run(const struct strv *argv, int log_fd);

#endif
