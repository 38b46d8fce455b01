// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <string.h>

#include "rootfs-manifest/commands.h"

/* The image half's commands alone, for its tests: the sill command itself needs more than they do.
 */
int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(int argc, char **argv);
	} commands[] = {
		{"lock", cmd_lock},
		{"assemble", cmd_assemble},
		{"pack", cmd_pack},
		{"packages", cmd_packages},
		{"why", cmd_why},
		{"outdated", cmd_outdated},
		{"cache", cmd_cache},
		{"build", cmd_build},
		{"sign", cmd_sign},
		{"verify", cmd_verify},
		{"diff", cmd_diff},
	};
	for (size_t i = 0; argc > 1 && i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (strcmp(argv[1], commands[i].name) == 0) {
			return commands[i].run(argc - 1, argv + 1);
		}
	}
	fputs("usage: driver COMMAND\n", stderr);
	return 2;
}
