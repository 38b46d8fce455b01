// SPDX-License-Identifier: MIT
#ifndef INIT_CALL_FILTER_H
#define INIT_CALL_FILTER_H

#include <stdint.h>

#include "init/spawn.h"

#define CALL_FILTER_SUFFIX ".bpf" // behind the unit file's name
#define CALL_FILTER_INSTRUCTIONS_MAX 4096 // the kernel's BPF_MAXINSNS

/*
 * What stands in front of a compiled filter: its program may be loaded only where it was made for.
 * Written by sill-filters, in this machine's byte order.
 */
struct call_filter_header {
	char magic[4]; // CALL_FILTER_MAGIC
	uint32_t arch; // AUDIT_ARCH_*
	uint64_t id; // unit_filter_id() of the unit
};

#define CALL_FILTER_MAGIC "SBPF"

/* Whether the unit's compiled filter is there and of this unit: 0 or -errno. */
int call_filter_check(const struct unit *unit);

/* In the child: finds the filter while its file can be seen, and loads it at last. 0 or -errno. */
int call_filter_open(const struct spawn_job *job);
int call_filter_load(const struct spawn_job *job);

#endif
