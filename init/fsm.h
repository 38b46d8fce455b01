// SPDX-License-Identifier: MIT
#ifndef INIT_FSM_H
#define INIT_FSM_H

#include <stdbool.h>

#include "init/unit.h"

/* The life of a service. One main process at most: from STARTING to STOPPING there may be one. */
enum service_state {
	SERVICE_INACTIVE,
	SERVICE_WAITING, // for what it comes after
	SERVICE_STARTING, // runs, not ready yet
	SERVICE_RUNNING, // ready
	SERVICE_RELOADING, // ready, and reading its configuration anew
	SERVICE_EXITED, // a oneshot that did its work
	SERVICE_BACKOFF, // died, will be started again
	SERVICE_ABORTING, // was not ready or not heard of in time, is being stopped
	SERVICE_RESTARTING, // is being stopped to start again
	SERVICE_STOPPING,
	SERVICE_FAILED,
	SERVICE_STATE_COUNT,
};

enum service_event {
	EVENT_START,
	EVENT_STOP,
	EVENT_RESTART,
	EVENT_RELOAD, // run ExecReload=
	EVENT_GO, // nothing to wait for any more
	EVENT_SKIP, // a condition does not hold
	EVENT_REQUIRED_FAILED, // what it requires failed
	EVENT_READY,
	EVENT_RELOADING, // it says so itself
	EVENT_RELOADED, // ExecReload= has ended
	EVENT_TIMER, // of the state it is in
	EVENT_DIED_DONE, // a oneshot did its work
	EVENT_DIED_RETRY, // the main process ended and Restart= wants it back
	EVENT_DIED_CLEAN, // ended well, for good
	EVENT_DIED_FAILED,
	SERVICE_EVENT_COUNT,
};

enum service_action {
	ACTION_NONE,
	ACTION_SPAWN,
	ACTION_TERMINATE, // KillSignal=
	ACTION_KILL,
	ACTION_ABORT, // SIGABRT: its watchdog has run out
	ACTION_RELOAD, // run ExecReload=
	ACTION_END_RELOAD, // and kill what it has run
};

struct service_step {
	enum service_state state;
	enum service_action action;
};

/* What a service in `state` does on `event`; events that mean nothing there change nothing. */
struct service_step fsm_step(enum service_state state, enum service_event event);

/*
 * Which EVENT_DIED_* the end of the main process is; `wait_status` as of waitpid(2). Whether it was
 * aborted for being late to its watchdog, or for not being ready in time, matters to Restart=.
 */
enum service_event fsm_death(const struct service_config *config, enum service_state state,
	int wait_status, bool missed_watchdog);

/* Whether it is ready. */
bool service_is_up(enum service_state state);

/* Whether the main process may be alive. */
bool service_has_process(enum service_state state);

const char *service_state_name(enum service_state state);

#endif
