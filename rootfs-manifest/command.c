// SPDX-License-Identifier: MIT
#include "rootfs-manifest/command.h"

#include <stdio.h>
#include <unistd.h>

int command_end(const char *name, bool ok, const struct error *err)
{
	if (!ok) {
		// On a terminal the step that failed has left its line unfinished.
		const char *clear = isatty(STDERR_FILENO) == 1 ? "\r\033[K" : "";
		fprintf(stderr, "%ssill %s: %s\n", clear, name, err->text);
	}
	return ok ? EXIT_DONE : (int)err->code;
}

int command_run(enum command command, int argc, char **argv, command_action action)
{
	struct error err = {0};
	struct options options;
	struct work work;
	bool ok = options_parse(command, argc, argv, &options, &err);
	if (ok && options.help) {
		options_print_help(command);
		return EXIT_DONE;
	}
	ok = ok && work_init(&options, &work, &err);
	if (ok) {
		ok = action(&work, &err);
		work_finish(&work);
	}
	return command_end(argv[0], ok, &err);
}
