// SPDX-License-Identifier: MIT
#ifndef E2E_ADDIN_H
#define E2E_ADDIN_H

#include <freerdp/dvc.h>

typedef UINT(VCAPITYPE *addin_entry)(IDRDYNVC_ENTRY_POINTS *points);

/*
 * Called for each dynamic channel that the client loads: what is to take its place, NULL for FreeRDP's
 * own. Whoever links addin.c and is preloaded into FreeRDP's client has one.
 */
addin_entry addin_instead_of(const char *name);

#endif
