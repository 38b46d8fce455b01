// SPDX-License-Identifier: MIT
#ifndef INIT_OUTPUT_H
#define INIT_OUTPUT_H

#include "init/log_file.h"
#include "init/log_ring.h"
#include "init/loop.h"
#include "init/unit.h"

/*
 * What a service writes to stdout and stderr. Init holds both ends of the pipe, so that it
 * outlives the service and a restart loses nothing.
 */
struct output {
	struct loop_source source; // the end we read
	int write_fd;
	int kind; // enum output_kind
	const char *name;
	struct log_store *store;
	struct log_file file;
	/* Called with what has come; NULL while nobody follows. */
	void (*follow)(const struct output *output, const char *data, size_t size);
	void *follow_data;
};

void output_init(struct output *output, const char *name, const struct service_config *config,
	struct log_store *store);

/* Before the service is started; not again when it is open. 0 or -errno. */
int output_open(struct output *output, struct loop *loop);

/* Takes what is in the pipe now, and a last line without its end: the service has died. */
void output_drain(struct output *output);

#endif
