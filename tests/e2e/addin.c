// SPDX-License-Identifier: MIT
/* Channels of FreeRDP's client that are not its own: its list of them is asked here first. */
#include "tests/e2e/addin.h"

#include <dlfcn.h>
#include <freerdp/addin.h>
#include <string.h>

typedef int (*register_fn)(FREERDP_LOAD_CHANNEL_ADDIN_ENTRY_FN, DWORD);

static FREERDP_LOAD_CHANNEL_ADDIN_ENTRY_FN real_entry;

static PVIRTUALCHANNELENTRY find_entry(LPCSTR name, LPCSTR subsystem, LPCSTR type, DWORD flags)
{
	bool is_dynamic = (flags & FREERDP_ADDIN_CHANNEL_DYNAMIC) != 0;
	bool is_plain = subsystem == NULL && type == NULL;
	addin_entry ours = is_dynamic && is_plain ? addin_instead_of(name) : NULL;
	return ours != NULL ? (PVIRTUALCHANNELENTRY)(void (*)(void))ours
			    : real_entry(name, subsystem, type, flags);
}

/* In the place of FreeRDP's own. */
int freerdp_register_addin_provider(FREERDP_LOAD_CHANNEL_ADDIN_ENTRY_FN provider, DWORD flags)
{
	register_fn next;
	void *found = dlsym(RTLD_NEXT, "freerdp_register_addin_provider");
	memcpy(&next, &found, sizeof(next));
	real_entry = provider;
	return next(find_entry, flags);
}
