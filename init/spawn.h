// SPDX-License-Identifier: MIT
#ifndef INIT_SPAWN_H
#define INIT_SPAWN_H

#include <sys/types.h>

#include "init/unit.h"
#include "init/users.h"

/* The first fd handed over, as sd_listen_fds(3) has it. */
#define SPAWN_FDS_FIRST 3
#define SPAWN_FDS_MAX 24
#define SPAWN_STORED_MAX 8 // of them, what the service had us keep

/* Everything the child needs to know to become the service. */
struct spawn_job {
	const struct unit *unit;
	char *const *args; // of which "$MAINPID" stands for main_pid
	pid_t main_pid;
	const struct identity *identity;
	const int *fds; // sockets to hand over
	const char *const *fd_names;
	size_t fd_count;
	const char *notify_path; // may be NULL
	int output_fd; // stdout and stderr
	const char *cgroup; // where services have groups of their own; empty: nowhere
};

/* What the child could not do on its way to exec. */
struct spawn_report {
	int step;
	int error; // errno
	bool is_fatal;
};

/*
 * Starts the service. Its pid or -errno. `*ret_report_fd` then gives spawn_reports, and end of
 * file once the program runs (or could not).
 */
pid_t spawn(const struct spawn_job *job, int *ret_report_fd);

/* "cannot ..." */
const char *spawn_step_name(int step);

#endif
