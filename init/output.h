// SPDX-License-Identifier: MIT
#ifndef INIT_OUTPUT_H
#define INIT_OUTPUT_H

#include "init/log_ring.h"
#include "init/loop.h"

/*
 * What a service writes to stdout and stderr. Init holds both ends of the pipe, so that it
 * outlives the service and a restart loses nothing.
 */
struct output {
	struct loop_source source; // the end we read
	int write_fd;
	const char *name;
	struct log_store *store;
};

/* 0 or -errno. */
int output_init(
	struct output *output, struct loop *loop, const char *name, struct log_store *store);

/* Takes what is in the pipe now, and a last line without its end: the service has died. */
void output_drain(struct output *output);

#endif
