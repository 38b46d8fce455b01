// SPDX-License-Identifier: MIT
#include <stdio.h>

#include "system-distro/sill/commands.h"
#include "system-distro/sill/host_app.h"
#include "system-distro/sill/name_option.h"
#include "system-distro/sill/report.h"

static const char help[] =
	"usage: sill exec [--name NAME] [--] APP [ARG...]\n"
	"\n"
	"Run a program of this machine with DISPLAY, WAYLAND_DISPLAY and PULSE_SERVER pointing\n"
	"into the instance. Its exit code is the program's; 127 when there is no such program.";

int cmd_exec(int argc, char **argv)
{
	struct name_option option;
	struct instance instance;
	int stop = name_option_parse(argc, argv, help, &option);
	if (stop != 0) {
		return stop - 1;
	}
	if (option.rest == argc) {
		report("exec: which program?");
		return 2;
	}
	if (!instance_load(&instance, option.name)) {
		return 1;
	}
	if (instance.engine == ENGINE_QEMU) {
		report("exec: a program of this machine shares memory with its windows, which it "
		       "cannot with a virtual machine");
		return 1;
	}
	return host_app_exec(&instance, argv + option.rest);
}
