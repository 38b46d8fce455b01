// SPDX-License-Identifier: MIT
#include "init/supervisor.h"

#include <errno.h>
#include <signal.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "init/log.h"
#include "init/memory.h"
#include "init/process.h"

/* The service of a unit that is in `units` and is one, else NULL. */
static struct service *member(struct supervisor *supervisor, unit_set units, size_t unit)
{
	bool is_service = supervisor->units[unit].kind == UNIT_SERVICE;
	return is_service && (units & unit_bit(unit)) ? &supervisor->services[unit] : NULL;
}

const struct service *supervisor_service(const struct supervisor *supervisor, size_t unit)
{
	bool is_service = supervisor->units[unit].kind == UNIT_SERVICE;
	return is_service ? &supervisor->services[unit] : NULL;
}

static bool any_in_state(const struct supervisor *supervisor, unit_set units, unsigned states)
{
	for (size_t i = 0; i < supervisor->graph->count; i++) {
		const struct service *service = supervisor_service(supervisor, i);
		if (service != NULL && (units & unit_bit(i)) && (states & (1U << service->state))) {
			return true;
		}
	}
	return false;
}

#define STATE(name) (1U << SERVICE_##name)
#define ALL_UNITS UINT32_MAX
#define UNSETTLED                                                                                  \
	(STATE(WAITING) | STATE(STARTING) | STATE(BACKOFF) | STATE(ABORTING) | STATE(RESTARTING) | \
		STATE(STOPPING))

/* Whether something that comes after `unit` has to be gone first. */
static bool must_outlive(const struct supervisor *supervisor, size_t unit)
{
	unit_set dependents = 0;
	for (size_t i = 0; i < supervisor->graph->count; i++) {
		if (supervisor->graph->after[i] & unit_bit(unit)) {
			dependents |= unit_bit(i);
		}
	}
	return (dependents & supervisor->to_stop) != 0 ||
	       any_in_state(supervisor, dependents, STATE(STOPPING));
}

static bool conditions_hold(const struct unit *unit)
{
	for (size_t i = 0; i < unit->conditions.count; i++) {
		const char *path = unit->conditions.items[i];
		bool is_negated = *path == '!';
		if ((access(path + is_negated, F_OK) == 0) == is_negated) {
			log_say("%s: not started, ConditionPathExists=%s does not hold", unit->name,
				path);
			return false;
		}
	}
	return true;
}

/* What a waiting service is due: false when it has to wait on. */
static bool waiting_event(
	const struct supervisor *supervisor, size_t unit, enum service_event *ret_event)
{
	const struct graph *graph = supervisor->graph;
	if (any_in_state(supervisor, graph->needs[unit], STATE(FAILED))) {
		*ret_event = EVENT_REQUIRED_FAILED;
		return true;
	}
	if (any_in_state(supervisor, graph->after[unit], UNSETTLED)) {
		return false;
	}
	*ret_event = conditions_hold(&supervisor->units[unit]) ? EVENT_GO : EVENT_SKIP;
	return true;
}

/* Gives one service the event that is due to it; false when there is none. */
static bool advance(struct supervisor *supervisor, size_t unit)
{
	struct service *service = &supervisor->services[unit];
	enum service_event event;
	if (supervisor->to_stop & unit_bit(unit)) {
		supervisor->to_stop &= ~unit_bit(unit);
		if (must_outlive(supervisor, unit)) {
			supervisor->to_stop |= unit_bit(unit);
			return false;
		}
		event = EVENT_STOP;
	} else if (service->deadline_usec <= clock_usec()) {
		event = EVENT_TIMER;
	} else if (service->state != SERVICE_WAITING || !waiting_event(supervisor, unit, &event)) {
		return false;
	}
	service_handle(service, event);
	return true;
}

static void arm_timer(struct supervisor *supervisor)
{
	uint64_t next = USEC_INFINITY;
	for (size_t i = 0; i < supervisor->graph->count; i++) {
		const struct service *service = supervisor_service(supervisor, i);
		if (service != NULL && service->deadline_usec < next) {
			next = service->deadline_usec;
		}
	}
	if (next == supervisor->armed_usec) {
		return;
	}
	supervisor->armed_usec = next;
	struct itimerspec when = {0};
	if (next != USEC_INFINITY) {
		when.it_value.tv_sec = (time_t)(next / USEC_PER_SEC);
		when.it_value.tv_nsec = (long)(next % USEC_PER_SEC) * 1000;
	}
	(void)timerfd_settime(supervisor->timer.fd, TFD_TIMER_ABSTIME, &when, NULL);
}

static void note_settled(struct supervisor *supervisor)
{
	if (supervisor->settled_usec == 0 && !supervisor->is_shutting_down &&
		!any_in_state(supervisor, ALL_UNITS, UNSETTLED)) {
		supervisor->settled_usec = clock_usec();
		log_say("started after %lu ms",
			(unsigned long)((supervisor->settled_usec - supervisor->begun_usec) /
					USEC_PER_MSEC));
		memory_give_back();
	}
}

void supervisor_settle(struct supervisor *supervisor)
{
	bool is_moving;
	do {
		is_moving = false;
		for (size_t i = 0; i < supervisor->graph->count; i++) {
			is_moving |=
				member(supervisor, ALL_UNITS, i) != NULL && advance(supervisor, i);
		}
	} while (is_moving);
	note_settled(supervisor);
	arm_timer(supervisor);
}

static void handle_timer(struct loop_source *source)
{
	struct supervisor *supervisor = source->data;
	uint64_t expirations;
	(void)!read(source->fd, &expirations, sizeof(expirations));
	supervisor->armed_usec = USEC_INFINITY;
}

static int timer_init(struct supervisor *supervisor, struct loop *loop)
{
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (fd < 0) {
		return -errno;
	}
	supervisor->timer = (struct loop_source){fd, handle_timer, supervisor};
	supervisor->armed_usec = USEC_INFINITY;
	return loop_add(loop, &supervisor->timer);
}

static void mark_to_stop(struct supervisor *supervisor, unit_set units)
{
	for (size_t i = 0; i < supervisor->graph->count; i++) {
		if (member(supervisor, units, i) != NULL) {
			supervisor->to_stop |= unit_bit(i);
		}
	}
}

/* SuccessAction= and FailureAction=. */
static void handle_ended(struct service_host *host, struct service *service, bool is_success)
{
	struct supervisor *supervisor =
		(struct supervisor *)((char *)host - offsetof(struct supervisor, host));
	const struct unit *unit = service->unit;
	int action = is_success ? unit->success_action : unit->failure_action;
	if (action == END_NONE || supervisor->is_shutting_down) {
		return;
	}
	int status = service->last_exit;
	supervisor->exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	log_say("%s: has ended, and all ends with it", service->short_name);
	supervisor_shut_down(supervisor, (enum end_action)action);
}

int supervisor_init(struct supervisor *supervisor, const struct service_host *host,
	const struct unit *units, const struct graph *graph)
{
	supervisor->units = units;
	supervisor->graph = graph;
	supervisor->host = *host;
	supervisor->host.ended = handle_ended;
	int result = timer_init(supervisor, host->loop);
	for (size_t i = 0; i < graph->count; i++) {
		if (units[i].kind == UNIT_SERVICE) {
			service_init(&supervisor->services[i], &supervisor->host, &units[i],
				&supervisor->logs[i]);
		}
	}
	return result;
}

static void tell_all(struct supervisor *supervisor, unit_set units, enum service_event event)
{
	if (supervisor->is_shutting_down) {
		return;
	}
	supervisor->to_stop &= ~units;
	for (size_t i = 0; i < supervisor->graph->count; i++) {
		struct service *service = member(supervisor, units, i);
		if (service != NULL) {
			service_handle(service, event);
		}
	}
	supervisor_settle(supervisor);
}

void supervisor_start(struct supervisor *supervisor, unit_set units)
{
	tell_all(supervisor, units, EVENT_START);
}

void supervisor_restart(struct supervisor *supervisor, unit_set units)
{
	tell_all(supervisor, units, EVENT_RESTART);
}

void supervisor_reload(struct supervisor *supervisor, unit_set units)
{
	tell_all(supervisor, units, EVENT_RELOAD);
}

void supervisor_stop(struct supervisor *supervisor, unit_set units)
{
	mark_to_stop(supervisor, units);
	supervisor_settle(supervisor);
}

void supervisor_shut_down(struct supervisor *supervisor, enum end_action end)
{
	log_say("stopping");
	supervisor->is_shutting_down = true;
	supervisor->end = end;
	mark_to_stop(supervisor, ALL_UNITS);
}

bool supervisor_is_down(const struct supervisor *supervisor)
{
	return !any_in_state(supervisor, ALL_UNITS, UNSETTLED | STATE(RUNNING) | STATE(RELOADING));
}

static struct service *service_of_pid(struct supervisor *supervisor, pid_t pid)
{
	for (size_t i = 0; i < supervisor->graph->count; i++) {
		struct service *service = member(supervisor, ALL_UNITS, i);
		if (service != NULL && (service->pid == pid || service->reload_pid == pid)) {
			return service;
		}
	}
	return NULL;
}

void supervisor_reap(struct supervisor *supervisor)
{
	pid_t pid;
	int wait_status;
	while ((pid = waitpid(-1, &wait_status, WNOHANG)) > 0) {
		struct service *service = service_of_pid(supervisor, pid);
		if (service == NULL) {
			continue;
		}
		/*
		 * Its group. The number is nobody else's yet: the kernel hands pids out in a
		 * circle, and this one not before the group is empty.
		 */
		(void)kill(-pid, SIGKILL);
		if (service->reload_pid == pid) {
			service_reload_ended(service, wait_status);
		} else {
			service_died(service, wait_status);
		}
	}
}

struct service *supervisor_sender(struct supervisor *supervisor, pid_t pid)
{
	pid_t session = getsid(pid);
	for (size_t i = 0; i < supervisor->graph->count; i++) {
		struct service *service = member(supervisor, ALL_UNITS, i);
		if (service == NULL || service->pid == 0) {
			continue;
		}
		int access = service->unit->service.notify_access;
		if ((access != NOTIFY_NONE && service->pid == pid) ||
			(access == NOTIFY_ALL && service->session == session)) {
			return service;
		}
	}
	return NULL;
}

enum supervisor_state supervisor_state(const struct supervisor *supervisor, uint64_t now_usec)
{
	if (supervisor->is_shutting_down) {
		return SUPERVISOR_STOPPING;
	}
	for (size_t i = 0; i < supervisor->graph->count; i++) {
		const struct service *service = supervisor_service(supervisor, i);
		if (service != NULL && service_is_degraded(service, now_usec)) {
			return SUPERVISOR_DEGRADED;
		}
	}
	return any_in_state(supervisor, ALL_UNITS, UNSETTLED) ? SUPERVISOR_STARTING
							      : SUPERVISOR_RUNNING;
}
