// SPDX-License-Identifier: MIT
#ifndef INIT_FILTERS_PROGRAM_H
#define INIT_FILTERS_PROGRAM_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "init/call_filter.h"

#define CALL_NUMBERS 1024 // more than any architecture has
#define FAMILIES_MAX 64 // of socket(2)

/* What a filter says, for this machine's architecture. */
struct filter_rules {
	uint32_t arch; // AUDIT_ARCH_*; a call of another one ends the process
	uint32_t refusal; // SECCOMP_RET_*
	bool allows_unknown; // numbers beyond the table
	bool is_allowed[CALL_NUMBERS];
	bool judges_sockets; // where socket(2) is allowed: to these families, others are not known
	bool has_family[FAMILIES_MAX];
};

/* Made from its end: `first` is where it begins. */
struct program {
	struct sock_filter instructions[CALL_FILTER_INSTRUCTIONS_MAX];
	size_t first;
};

/*
 * The rules as a program that halves the ranges of numbers that fare alike: the kernel takes it in
 * as quickly as it is short. False: it is longer than a kernel would take.
 */
bool program_make(const struct filter_rules *rules, struct program *ret_program);

#endif
