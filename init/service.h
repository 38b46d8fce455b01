// SPDX-License-Identifier: MIT
#ifndef INIT_SERVICE_H
#define INIT_SERVICE_H

#include "init/backoff.h"
#include "init/fsm.h"
#include "init/loop.h"
#include "init/notify_message.h"
#include "init/output.h"
#include "init/spawn.h"

struct service;

/* What all services need of init. */
struct service_host {
	struct loop *loop;
	const char *notify_path;
	const char *cgroup; // where each has one of its own; empty: nowhere
	/* Called when a service is in a new state, or says something new of itself. */
	void (*changed)(struct service_host *host, struct service *service);
	/* Called when a service that ought to run has ended, well or not, and stays so. */
	void (*ended)(struct service_host *host, struct service *service, bool is_success);
};

/* A service unit at run time. */
struct service {
	struct service_host *host;
	const struct unit *unit;
	char short_name[UNIT_NAME_MAX]; // "weston"
	enum service_state state;
	pid_t pid; // of the main process; 0: none
	pid_t session; // that the main process was started in, and its group
	pid_t reload_pid; // of ExecReload=; 0: none
	struct loop_source report; // of the child on its way to exec
	struct backoff backoff;
	uint64_t deadline_usec; // USEC_INFINITY: none
	uint64_t since_usec; // in this state
	uint64_t spawned_usec;
	uint64_t ready_usec; // of the present process; 0: not yet
	uint64_t first_wanted_usec, first_spawned_usec, first_ready_usec; // for the boot's timeline
	unsigned restarts;
	bool has_exited;
	bool missed_watchdog;
	int last_exit; // wait status
	char status[NOTIFY_STATUS_MAX];
	struct identity identity;
	int fds[SPAWN_FDS_MAX]; // to hand over: sockets, then what the service has us keep
	const char *fd_names[SPAWN_FDS_MAX];
	size_t fd_count, socket_count;
	char stored_names[SPAWN_STORED_MAX][NOTIFY_NAME_MAX];
	struct output output;
};

uint64_t clock_usec(void);

void service_init(struct service *service, struct service_host *host, const struct unit *unit,
	struct log_store *store);

/* Tells the service's state machine what happened and does what it says. */
void service_handle(struct service *service, enum service_event event);

/* The main process ended. */
void service_died(struct service *service, int wait_status);

/* ExecReload= ended. */
void service_reload_ended(struct service *service, int wait_status);

/* Takes a message and the descriptors that came with it: those it does not keep it leaves. */
void service_notify(
	struct service *service, const struct notify_message *message, int *fds, size_t fd_count);

/* How long it has been ready; 0: it is not. */
uint64_t service_up_usec(const struct service *service, uint64_t now_usec);

bool service_is_degraded(const struct service *service, uint64_t now_usec);

#endif
