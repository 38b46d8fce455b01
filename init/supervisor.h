// SPDX-License-Identifier: MIT
#ifndef INIT_SUPERVISOR_H
#define INIT_SUPERVISOR_H

#include "init/graph.h"
#include "init/service.h"

/* All services together: who may start or stop when. */
struct supervisor {
	const struct unit *units;
	const struct graph *graph;
	struct service_host host;
	struct service services[UNIT_MAX]; // at the index of their unit
	struct loop_source timer;
	uint64_t armed_usec; // what the timer is set to
	unit_set to_stop; // told to, but something that comes after it is still there
	bool is_shutting_down;
	enum end_action end; // what follows when everything is down
	int exit_code;
	uint64_t begun_usec; // when init began
	uint64_t loaded_usec; // when the unit files were read
	uint64_t opened_usec; // when all sockets were open
	uint64_t settled_usec; // when first nothing was starting any more; 0: not yet
	struct log_store logs[UNIT_MAX]; // last, so that everything else lies close
};

enum supervisor_state {
	SUPERVISOR_RUNNING,
	SUPERVISOR_STARTING,
	SUPERVISOR_DEGRADED,
	SUPERVISOR_STOPPING,
};

/* Prepares every service of the graph; the times are the caller's. 0 or -errno. */
int supervisor_init(struct supervisor *supervisor, const struct service_host *host,
	const struct unit *units, const struct graph *graph);

/* These take a set of units and care about the services in it. */
void supervisor_start(struct supervisor *supervisor, unit_set units);
void supervisor_stop(struct supervisor *supervisor, unit_set units);
void supervisor_restart(struct supervisor *supervisor, unit_set units);
void supervisor_reload(struct supervisor *supervisor, unit_set units);

/* Stops everything in order and starts nothing any more; then comes `end`. */
void supervisor_shut_down(struct supervisor *supervisor, enum end_action end);
bool supervisor_is_down(const struct supervisor *supervisor);

/* Collects every child that ended, ours or an orphan. */
void supervisor_reap(struct supervisor *supervisor);

/* Whom a notification of the process `pid` is from; NULL: nobody who may send one. */
struct service *supervisor_sender(struct supervisor *supervisor, pid_t pid);

/* Lets go on whatever waits for what has just changed: to be called after every turn of the loop.
 */
void supervisor_settle(struct supervisor *supervisor);

/* The service of a unit, NULL when it is of another kind. */
const struct service *supervisor_service(const struct supervisor *supervisor, size_t unit);

enum supervisor_state supervisor_state(const struct supervisor *supervisor, uint64_t now_usec);

#endif
