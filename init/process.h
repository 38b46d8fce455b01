// SPDX-License-Identifier: MIT
#ifndef INIT_PROCESS_H
#define INIT_PROCESS_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

/* The user that a process runs as; (uid_t)-1: there is no such process. */
uid_t process_uid(pid_t pid);

/* Signals a service: its process group, or it alone while it has not made its group yet. */
void process_signal(pid_t pid, int number);

/*
 * Ends whatever is left when the services are gone: TERM, a moment, KILL. As PID 1 that is every
 * process, else every child of ours, adopted ones too. SIGCHLD is blocked.
 */
void process_end_rest(void);

#endif
