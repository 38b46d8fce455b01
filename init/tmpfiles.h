// SPDX-License-Identifier: MIT
#ifndef INIT_TMPFILES_H
#define INIT_TMPFILES_H

#include "init/diag.h"
#include "init/users.h"

/* Reads the file at `path`; every fault is added to `diags`. One that is not there is fine. */
void tmpfiles_load(const char *path, struct users *users, struct diag_list *diags);

/* Makes what the loaded file names; what cannot be made is logged and left out. */
void tmpfiles_apply(const char *path);

#endif
