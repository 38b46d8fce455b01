// SPDX-License-Identifier: MIT
#include "init/service.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "init/cgroup.h"
#include "init/fd_store.h"
#include "init/log.h"
#include "init/process.h"

#define EXIT_NOT_STARTED (127 << 8) // the wait status of a service that could not be forked

uint64_t clock_usec(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * USEC_PER_SEC + (uint64_t)now.tv_nsec / 1000;
}

uint64_t service_up_usec(const struct service *service, uint64_t now_usec)
{
	return service_is_up(service->state) ? now_usec - service->ready_usec : 0;
}

bool service_is_degraded(const struct service *service, uint64_t now_usec)
{
	return service->state == SERVICE_FAILED ||
	       backoff_is_degraded(&service->backoff, service_up_usec(service, now_usec));
}

/* The timer of the state it has just entered; that of BACKOFF is set where the delay is known. */
static uint64_t state_deadline(const struct service *service)
{
	const struct service_config *config = &service->unit->service;
	uint64_t delay_usec = USEC_INFINITY;
	if (service->state == SERVICE_BACKOFF) {
		return service->deadline_usec;
	}
	if (service->state == SERVICE_RUNNING) {
		delay_usec = config->watchdog_usec != 0 ? config->watchdog_usec : USEC_INFINITY;
	} else if (service->state == SERVICE_STARTING || service->state == SERVICE_RELOADING) {
		delay_usec = config->start_timeout_usec;
	} else if (service_has_process(service->state)) {
		delay_usec = config->stop_timeout_usec;
	}
	return delay_usec == USEC_INFINITY ? USEC_INFINITY : service->since_usec + delay_usec;
}

static pid_t start_process(struct service *service, const struct text_list *command, int *report_fd)
{
	const struct service_config *config = &service->unit->service;
	int result = output_open(&service->output, service->host->loop);
	if (result < 0) {
		return result;
	}
	const struct spawn_job job = {
		.unit = service->unit,
		.args = command->items,
		.main_pid = service->pid,
		.identity = &service->identity,
		.fds = service->fds,
		.fd_names = service->fd_names,
		.fd_count = command == &config->exec_start ? service->fd_count : 0,
		.notify_path = config->type == SERVICE_NOTIFY || config->watchdog_usec != 0
				       ? service->host->notify_path
				       : NULL,
		.output_fd = service->output.write_fd,
		.cgroup = service->host->cgroup,
	};
	return spawn(&job, report_fd);
}

static void start_main(struct service *service)
{
	service->status[0] = '\0';
	service->ready_usec = 0;
	service->missed_watchdog = false;
	service->spawned_usec = clock_usec();
	if (service->first_spawned_usec == 0) {
		service->first_spawned_usec = service->spawned_usec;
	}
	pid_t pid = start_process(service, &service->unit->service.exec_start, &service->report.fd);
	if (pid < 0) {
		log_say("%s: cannot start a process: %s", service->short_name, strerror(-pid));
		service->report.fd = -1;
		service_died(service, EXIT_NOT_STARTED);
		return;
	}
	service->pid = pid;
	service->session = pid;
	(void)loop_add(service->host->loop, &service->report);
}

/* What goes wrong on the way to its program ends in its exit status, too. */
static void start_reload(struct service *service)
{
	int report_fd;
	pid_t pid = start_process(service, &service->unit->service.exec_reload, &report_fd);
	if (pid < 0) {
		log_say("%s: cannot start ExecReload=: %s", service->short_name, strerror(-pid));
		service_handle(service, EVENT_RELOADED);
		return;
	}
	close(report_fd);
	service->reload_pid = pid;
}

static void end_reload(struct service *service)
{
	if (service->reload_pid != 0) {
		log_say("%s: ExecReload= takes too long, killing it", service->short_name);
		process_signal(service->reload_pid, SIGKILL);
	}
}

static void signal_all(const struct service *service, int number)
{
	process_signal(service->session, number);
	if (service->pid != service->session) {
		process_signal(service->pid, number);
	}
}

static void act(struct service *service, enum service_action action)
{
	switch (action) {
	case ACTION_SPAWN:
		start_main(service);
		break;
	case ACTION_TERMINATE:
		signal_all(service, service->unit->service.kill_signal);
		break;
	case ACTION_ABORT:
		service->missed_watchdog = true;
		signal_all(service, SIGABRT);
		break;
	case ACTION_KILL:
		log_say("%s: does not stop, killing it", service->short_name);
		signal_all(service, SIGKILL);
		service->deadline_usec = USEC_INFINITY;
		break;
	case ACTION_RELOAD:
		start_reload(service);
		break;
	case ACTION_END_RELOAD:
		end_reload(service);
		break;
	case ACTION_NONE:
		break;
	}
}

static void tell_state(const struct service *service, enum service_state before)
{
	uint64_t took_msec = (service->since_usec - service->spawned_usec) / USEC_PER_MSEC;
	if (service->state == SERVICE_RUNNING && before == SERVICE_RELOADING) {
		log_say("%s: reloaded", service->short_name);
	} else if (service->state == SERVICE_RUNNING) {
		log_say("%s: ready after %lu ms", service->short_name, (unsigned long)took_msec);
	} else if (service->state == SERVICE_ABORTING && before == SERVICE_RUNNING) {
		log_say("%s: its watchdog has run out, stopping it", service->short_name);
	} else if (service->state == SERVICE_ABORTING) {
		log_say("%s: not ready after %lu ms, stopping it", service->short_name,
			(unsigned long)took_msec);
	} else if (service->state == SERVICE_FAILED) {
		log_say("%s: failed", service->short_name);
	}
}

static void note_times(struct service *service, enum service_state before)
{
	service->since_usec = clock_usec();
	service->deadline_usec = state_deadline(service);
	if (service->state == SERVICE_WAITING && service->first_wanted_usec == 0) {
		service->first_wanted_usec = service->since_usec;
	}
	if (service->state == SERVICE_RUNNING && before == SERVICE_STARTING) {
		service->ready_usec = service->since_usec;
	}
	if (service->first_ready_usec == 0 &&
		(service->state == SERVICE_RUNNING || service->state == SERVICE_EXITED)) {
		service->first_ready_usec = service->since_usec;
	}
}

void service_handle(struct service *service, enum service_event event)
{
	enum service_state before = service->state;
	struct service_step step = fsm_step(before, event);
	if (event == EVENT_START || event == EVENT_STOP || event == EVENT_RESTART) {
		service->backoff = (struct backoff){0};
	}
	if (step.state != before) {
		service->state = step.state;
		note_times(service, before);
		tell_state(service, before);
		service->host->changed(service->host, service);
	}
	act(service, step.action);
	bool is_success = event == EVENT_DIED_DONE || event == EVENT_DIED_CLEAN;
	if ((is_success || service->state == SERVICE_FAILED) && step.state != before &&
		before != SERVICE_STOPPING && before != SERVICE_RESTARTING) {
		service->host->ended(service->host, service, is_success);
	}
}

/* Reads what the child has to say; true when it will say no more. */
static bool read_reports(struct service *service)
{
	struct spawn_report report;
	ssize_t got;
	while ((got = read(service->report.fd, &report, sizeof(report))) == sizeof(report)) {
		log_say("%s: cannot %s: %s", service->short_name, spawn_step_name(report.step),
			strerror(report.error));
		if (report.is_fatal) {
			return false; // its death comes next, and means more than end of file
		}
	}
	return got == 0;
}

/* End of file is exec: a simple service runs now. */
static void handle_report(struct loop_source *source)
{
	struct service *service = source->data;
	if (read_reports(service)) {
		loop_close(service->host->loop, source);
		if (service->unit->service.type == SERVICE_SIMPLE) {
			service_handle(service, EVENT_READY);
		}
	}
}

static void tell_death(const struct service *service, enum service_event event, uint64_t delay_usec)
{
	bool is_signal = WIFSIGNALED(service->last_exit);
	int number = is_signal ? WTERMSIG(service->last_exit) : WEXITSTATUS(service->last_exit);
	const char *how = is_signal ? "killed by signal" : "exited with status";
	if (event != EVENT_DIED_RETRY) {
		log_say("%s: %s %d", service->short_name, how, number);
	} else {
		log_say("%s: %s %d, restart in %lu ms", service->short_name, how, number,
			(unsigned long)(delay_usec / USEC_PER_MSEC));
	}
}

/* What the main process leaves behind. */
static void clear_process(struct service *service)
{
	if (service->report.fd >= 0) {
		(void)read_reports(service);
		loop_close(service->host->loop, &service->report);
	}
	if (service->reload_pid != 0) {
		process_signal(service->reload_pid, SIGKILL);
	}
	cgroup_kill(service->host->cgroup, service->unit->name);
	output_drain(&service->output);
	service->pid = 0;
	service->session = 0;
}

void service_died(struct service *service, int wait_status)
{
	enum service_event event = fsm_death(
		&service->unit->service, service->state, wait_status, service->missed_watchdog);
	bool is_wanted = service->state == SERVICE_STOPPING || service->state == SERVICE_RESTARTING;
	uint64_t delay_usec = 0;
	clear_process(service);
	service->has_exited = true;
	service->last_exit = wait_status;
	if (!is_wanted && event == EVENT_DIED_RETRY) {
		uint64_t now = clock_usec();
		delay_usec = backoff_next(&service->backoff, &service->unit->service.restart_delay,
			service_up_usec(service, now));
		service->deadline_usec = now + delay_usec;
		service->restarts++;
	} else {
		fd_store_clear(service);
	}
	if (!is_wanted) {
		tell_death(service, event, delay_usec);
	}
	service_handle(service, event);
}

void service_reload_ended(struct service *service, int wait_status)
{
	service->reload_pid = 0;
	if (wait_status != 0) {
		log_say("%s: ExecReload= has failed", service->short_name);
	}
	service_handle(service, EVENT_RELOADED);
}

/* A service may name another main process: a child of ours by now, and its own user's. */
static void take_main_pid(struct service *service, pid_t pid)
{
	siginfo_t info = {0};
	if (pid == service->pid ||
		waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) < 0) {
		return;
	}
	uid_t uid = service->identity.is_switched ? service->identity.account.uid : geteuid();
	if (process_uid(pid) == uid) {
		service->pid = pid;
	}
}

static void take_status(struct service *service, const struct notify_message *message)
{
	if (message->has_status) {
		memcpy(service->status, message->status, sizeof(service->status));
	} else if (message->is_stopping) {
		memcpy(service->status, "stopping", sizeof("stopping"));
	} else {
		return;
	}
	service->host->changed(service->host, service);
}

void service_notify(
	struct service *service, const struct notify_message *message, int *fds, size_t fd_count)
{
	take_status(service, message);
	if (message->main_pid != 0) {
		take_main_pid(service, (pid_t)message->main_pid);
	}
	if (message->stores_fds) {
		fd_store_add(service, message->fd_name, fds, fd_count);
	} else if (message->removes_fds) {
		fd_store_remove(service, message->fd_name);
	}
	if (message->is_reloading && service->unit->service.type == SERVICE_NOTIFY) {
		service_handle(service, EVENT_RELOADING);
	}
	if (message->is_ready && service->unit->service.type == SERVICE_NOTIFY) {
		service_handle(service, EVENT_READY);
	}
	if (service->state == SERVICE_RUNNING && service->unit->service.watchdog_usec != 0) {
		if (message->has_failed) {
			service_handle(service, EVENT_TIMER);
		} else if (message->is_alive) {
			service->deadline_usec =
				clock_usec() + service->unit->service.watchdog_usec;
		}
	}
}

void service_init(struct service *service, struct service_host *host, const struct unit *unit,
	struct log_store *store)
{
	size_t stem = strlen(unit->name) - strlen(".service");
	service->host = host;
	service->unit = unit;
	memcpy(service->short_name, unit->name, stem);
	service->short_name[stem] = '\0';
	service->report = (struct loop_source){-1, handle_report, service};
	service->deadline_usec = USEC_INFINITY;
	service->since_usec = clock_usec();
	output_init(&service->output, service->short_name, &unit->service, store);
}
