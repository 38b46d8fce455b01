// SPDX-License-Identifier: MIT
#ifndef INIT_SERVICE_H
#define INIT_SERVICE_H

#include "init/backoff.h"
#include "init/fsm.h"
#include "init/loop.h"
#include "init/notify_message.h"
#include "init/output.h"
#include "init/spawn.h"

/* What all services need of init. */
struct service_host {
	struct loop *loop;
	const char *notify_path;
};

/* A service unit at run time. */
struct service {
	const struct service_host *host;
	const struct unit *unit;
	char short_name[UNIT_NAME_MAX]; // "weston"
	enum service_state state;
	pid_t pid; // 0: none
	struct loop_source report; // of the child on its way to exec
	struct backoff backoff;
	uint64_t deadline_usec; // USEC_INFINITY: none
	uint64_t since_usec; // in this state
	uint64_t spawned_usec;
	uint64_t ready_usec; // of the present process; 0: not yet
	unsigned restarts;
	bool has_exited;
	int last_exit; // wait status
	char status[NOTIFY_STATUS_MAX];
	struct identity identity;
	int fds[SPAWN_FDS_MAX]; // sockets to hand over
	const char *fd_names[SPAWN_FDS_MAX];
	size_t fd_count;
	struct output output;
};

uint64_t clock_usec(void);

/* 0 or -errno. */
int service_init(struct service *service, const struct service_host *host, const struct unit *unit,
	struct log_store *store);

/* Tells the service's state machine what happened and does what it says. */
void service_handle(struct service *service, enum service_event event);

/* The main process ended. */
void service_died(struct service *service, int wait_status);

void service_notify(struct service *service, const struct notify_message *message);

/* How long it has been ready; 0: it is not. */
uint64_t service_up_usec(const struct service *service, uint64_t now_usec);

bool service_is_degraded(const struct service *service, uint64_t now_usec);

#endif
