// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/commands.h"
#include "system-distro/sill/commands.h"
#include "system-distro/sill/instance.h"
#include "system-distro/sill/report.h"

#define ARGUMENTS_MAX 64

static bool is_name_option(const char *argument)
{
	return strcmp(argument, "--name") == 0 || strcmp(argument, "-n") == 0;
}

/* "running" is an instance: its image, and the files as its own processes see them. */
static int verify_running(int argc, char **argv)
{
	struct instance instance;
	const char *name = INSTANCE_DEFAULT;
	char *arguments[ARGUMENTS_MAX];
	char live[64];
	int count = 0;
	for (int i = 0; i < argc && count < ARGUMENTS_MAX - 3; i++) {
		if (i + 1 < argc && is_name_option(argv[i])) {
			name = argv[++i];
		} else if (strcmp(argv[i], "running") != 0) {
			arguments[count++] = argv[i];
		}
	}
	if (!instance_load(&instance, name)) {
		return 1;
	}
	if (instance.engine == ENGINE_QEMU) {
		report("verify: the kernel of a virtual machine checks what it reads; what it "
		       "reads "
		       "of is %s",
			instance.image);
		return 1;
	}
	snprintf(live, sizeof(live), "--live=/proc/%d/root", (int)instance.init_pid);
	arguments[count++] = live;
	arguments[count++] = instance.image;
	arguments[count] = NULL;
	return cmd_verify(count, arguments);
}

int cmd_verify_any(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "running") == 0) {
			return verify_running(argc, argv);
		}
	}
	return cmd_verify(argc, argv);
}
