// SPDX-License-Identifier: MIT
#include "system-distro/sill/host_app.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "system-distro/sill/report.h"

static void set_path(
	const char *variable, const char *prefix, const struct instance *instance, const char *leaf)
{
	char path[PATH_MAX], value[PATH_MAX + 8];
	instance_path(instance, leaf, path);
	snprintf(value, sizeof(value), "%s%s", prefix, path);
	setenv(variable, value, 1);
}

int host_app_exec(const struct instance *instance, char **argv)
{
	/* libwayland takes an absolute path; libxcb takes a socket's path for a display. */
	set_path("WAYLAND_DISPLAY", "", instance, "wslg/runtime-dir/wayland-0");
	set_path("DISPLAY", "unix:", instance, "wslg/.X11-unix/X0");
	set_path("PULSE_SERVER", "unix:", instance, "wslg/PulseServer");
	/* The cookies of this machine's own X server are none of the instance's business. */
	setenv("XAUTHORITY", "/dev/null", 1);
	unsetenv("WAYLAND_SOCKET");
	execvp(argv[0], argv);
	report_errno("cannot run %s", argv[0]);
	return errno == ENOENT ? 127 : 126;
}
