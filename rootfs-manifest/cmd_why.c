// SPDX-License-Identifier: MIT
#include "rootfs-manifest/commands.h"

#include <stdio.h>

#include "rootfs-manifest/command.h"
#include "rootfs-manifest/why.h"

static bool say_why(const struct work *work, struct error *err)
{
	struct lock lock;
	struct buffer text = {0};
	const char *name = work->options.subjects[0];
	if (!work_read_chosen_lock(work, &lock, err)) {
		return false;
	}
	bool found = why_print(&lock, name, &text);
	if (found) {
		fputs(text.data, stdout);
	} else if (strings_has(&work->manifest.excludes, name)) {
		fail(err, "package %s is not in the lock: the manifest excludes it", name);
	} else {
		fail(err, "package %s is not in the lock", name);
	}
	buffer_finish(&text);
	lock_finish(&lock);
	return found;
}

int cmd_why(int argc, char **argv)
{
	return command_run(COMMAND_WHY, argc, argv, say_why);
}
