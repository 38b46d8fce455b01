// SPDX-License-Identifier: MIT
#include <signal.h>

#include "system-distro/sill/commands.h"
#include "system-distro/sill/instance.h"
#include "system-distro/sill/name_option.h"
#include "system-distro/sill/report.h"

/* init gives every service its TimeoutStopSec before it is killed; this is beyond all of them. */
#define STOP_TIMEOUT_MS 30000

static const char help[] = "usage: sill stop [--name NAME]\n"
			   "\n"
			   "Stop the instance: its services in order, then all that is left in it.";

int cmd_stop(int argc, char **argv)
{
	struct name_option option;
	struct instance instance;
	int stop = name_option_load(argc, argv, help, &option, &instance);
	if (stop != 0) {
		return stop - 1;
	}
	if (kill(instance.monitor_pid, SIGTERM) < 0) {
		report_errno("cannot stop %s", instance.name);
		return 1;
	}
	if (!instance_wait_gone(&instance, STOP_TIMEOUT_MS)) {
		report("%s is still there after %d s; sill logs may tell why", instance.name,
			STOP_TIMEOUT_MS / 1000);
		return 1;
	}
	return 0;
}
