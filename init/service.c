// SPDX-License-Identifier: MIT
#include "init/service.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

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
	return service->state == SERVICE_RUNNING ? now_usec - service->ready_usec : 0;
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
	if (service->state == SERVICE_STARTING) {
		delay_usec = config->start_timeout_usec;
	} else if (service_has_process(service->state) && service->state != SERVICE_RUNNING) {
		delay_usec = config->stop_timeout_usec;
	}
	return delay_usec == USEC_INFINITY ? USEC_INFINITY : service->since_usec + delay_usec;
}

static void start_process(struct service *service)
{
	const struct spawn_job job = {
		.unit = service->unit,
		.identity = &service->identity,
		.fds = service->fds,
		.fd_names = service->fd_names,
		.fd_count = service->fd_count,
		.notify_path = service->unit->service.type == SERVICE_NOTIFY
				       ? service->host->notify_path
				       : NULL,
		.output_fd = service->output.write_fd,
	};
	service->status[0] = '\0';
	service->ready_usec = 0;
	service->spawned_usec = clock_usec();
	pid_t pid = spawn(&job, &service->report.fd);
	if (pid < 0) {
		log_say("%s: cannot start a process: %s", service->short_name, strerror(-pid));
		service->report.fd = -1;
		service_died(service, EXIT_NOT_STARTED);
		return;
	}
	service->pid = pid;
	(void)loop_add(service->host->loop, &service->report);
}

static void act(struct service *service, enum service_action action)
{
	switch (action) {
	case ACTION_SPAWN:
		start_process(service);
		break;
	case ACTION_TERMINATE:
		process_signal(service->pid, service->unit->service.kill_signal);
		break;
	case ACTION_KILL:
		log_say("%s: does not stop, killing it", service->short_name);
		process_signal(service->pid, SIGKILL);
		service->deadline_usec = USEC_INFINITY;
		break;
	case ACTION_NONE:
		break;
	}
}

static void tell_state(const struct service *service)
{
	uint64_t took_msec = (service->since_usec - service->spawned_usec) / USEC_PER_MSEC;
	switch (service->state) {
	case SERVICE_RUNNING:
		log_say("%s: ready after %" PRIu64 " ms", service->short_name, took_msec);
		break;
	case SERVICE_ABORTING:
		log_say("%s: not ready after %" PRIu64 " ms, stopping it", service->short_name,
			took_msec);
		break;
	case SERVICE_FAILED:
		log_say("%s: failed", service->short_name);
		break;
	case SERVICE_INACTIVE:
	case SERVICE_WAITING:
	case SERVICE_STARTING:
	case SERVICE_EXITED:
	case SERVICE_BACKOFF:
	case SERVICE_RESTARTING:
	case SERVICE_STOPPING:
	case SERVICE_STATE_COUNT:
		break;
	}
}

void service_handle(struct service *service, enum service_event event)
{
	struct service_step step = fsm_step(service->state, event);
	if (event == EVENT_START || event == EVENT_STOP || event == EVENT_RESTART) {
		service->backoff = (struct backoff){0};
	}
	if (step.state != service->state) {
		service->state = step.state;
		service->since_usec = clock_usec();
		service->deadline_usec = state_deadline(service);
		if (step.state == SERVICE_RUNNING) {
			service->ready_usec = service->since_usec;
		}
		tell_state(service);
	}
	act(service, step.action);
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
		log_say("%s: %s %d, restart in %" PRIu64 " ms", service->short_name, how, number,
			delay_usec / USEC_PER_MSEC);
	}
}

void service_died(struct service *service, int wait_status)
{
	enum service_event event = fsm_death(&service->unit->service, service->state, wait_status);
	bool is_wanted = service->state == SERVICE_STOPPING || service->state == SERVICE_RESTARTING;
	uint64_t delay_usec = 0;
	if (service->report.fd >= 0) {
		(void)read_reports(service);
		loop_close(service->host->loop, &service->report);
	}
	output_drain(&service->output);
	service->pid = 0;
	service->has_exited = true;
	service->last_exit = wait_status;
	if (!is_wanted && event == EVENT_DIED_RETRY) {
		uint64_t now = clock_usec();
		delay_usec = backoff_next(&service->backoff, &service->unit->service.restart_delay,
			service_up_usec(service, now));
		service->deadline_usec = now + delay_usec;
		service->restarts++;
	}
	if (!is_wanted) {
		tell_death(service, event, delay_usec);
	}
	service_handle(service, event);
}

void service_notify(struct service *service, const struct notify_message *message)
{
	if (message->has_status) {
		memcpy(service->status, message->status, sizeof(service->status));
	} else if (message->is_stopping) {
		memcpy(service->status, "stopping", sizeof("stopping"));
	}
	if (message->is_ready && service->unit->service.type == SERVICE_NOTIFY) {
		service_handle(service, EVENT_READY);
	}
}

int service_init(struct service *service, const struct service_host *host, const struct unit *unit,
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
	return output_init(&service->output, host->loop, service->short_name, store);
}
