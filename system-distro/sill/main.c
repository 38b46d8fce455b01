// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <string.h>

#include "rootfs-manifest/commands.h"
#include "system-distro/sill/commands.h"

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *summary;
};

static const struct command commands[] = {
	{"build", cmd_build, "make the image: lock if needed, assemble, pack"},
	{"lock", cmd_lock, "choose every package of the image, by hash"},
	{"assemble", cmd_assemble, "fetch the locked packages and unpack them into a tree"},
	{"pack", cmd_pack, "make a read-only file system of the tree"},
	{"packages", cmd_packages, "what of each package is in the image"},
	{"why", cmd_why, "who asked for a package of the image"},
	{"outdated", cmd_outdated, "which packages there are newer ones of"},
	{"cache", cmd_cache, "take the locked packages to where there is no network"},
	{"sign", cmd_sign, "sign what was packed"},
	{"verify", cmd_verify_any, "check an image, or what runs, down to each file"},
	{"diff", cmd_diff, "what is not the same in two images"},
	{"run", cmd_run, "start an image"},
	{"exec", cmd_exec, "run a program of this machine with its windows in the instance"},
	{"connect", cmd_connect, "show the instance's windows on this display"},
	{"status", cmd_status, "what runs, since when, and how well"},
	{"logs", cmd_logs, "what the instance's services said"},
	{"screenshot", cmd_screenshot, "save what the display shows as a PNG"},
	{"stop", cmd_stop, "stop the instance"},
	{"doctor", cmd_doctor, "what of this machine fits, and what is missing"},
};

static const size_t command_count = sizeof(commands) / sizeof(commands[0]);

static void print_help(FILE *out)
{
	fprintf(out, "usage: sill COMMAND [OPTION...]\n\n");
	for (size_t i = 0; i < command_count; i++) {
		fprintf(out, "  %-12s %s\n", commands[i].name, commands[i].summary);
	}
	fprintf(out, "\nsill COMMAND --help says more; sill(1) says all.\n");
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		print_help(stderr);
		return 2;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		print_help(stdout);
		return 0;
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("sill " SILL_VERSION "\n");
		return 0;
	}
	for (size_t i = 0; i < command_count; i++) {
		if (strcmp(argv[1], commands[i].name) == 0) {
			return commands[i].run(argc - 1, argv + 1);
		}
	}
	fprintf(stderr, "sill: no command \"%s\"; sill --help lists them\n", argv[1]);
	return 2;
}
