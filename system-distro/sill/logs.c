// SPDX-License-Identifier: MIT
#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "system-distro/sill/commands.h"
#include "system-distro/sill/control.h"
#include "system-distro/sill/instance.h"
#include "system-distro/sill/name_option.h"
#include "system-distro/sill/report.h"

static const char help[] =
	"usage: sill logs [--name NAME] [--follow] [UNIT]\n"
	"\n"
	"Print what init and its services have said; with UNIT (weston, sill-rdp, ...) the last\n"
	"64 KiB of that one. --follow goes on until the instance ends.";

/* Copy what the file has beyond its present offset. */
static bool copy_rest(int fd)
{
	char part[8192];
	ssize_t n;
	while ((n = read(fd, part, sizeof(part))) > 0) {
		if (fwrite(part, 1, (size_t)n, stdout) != (size_t)n) {
			return false;
		}
	}
	return fflush(stdout) == 0 && n == 0;
}

static bool follow(const struct instance *instance, const char *path, int fd)
{
	char events[4096];
	int watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	int pidfd = (int)syscall(SYS_pidfd_open, instance->monitor_pid, 0);
	bool going = watch >= 0 && pidfd >= 0 && inotify_add_watch(watch, path, IN_MODIFY) >= 0;
	while (going && copy_rest(fd)) {
		struct pollfd fds[] = {
			{.fd = watch, .events = POLLIN}, {.fd = pidfd, .events = POLLIN}};
		if (poll(fds, 2, -1) < 0 && errno != EINTR) {
			break;
		}
		while (read(watch, events, sizeof(events)) > 0) {
		}
		going = fds[1].revents == 0;
	}
	close(watch);
	close(pidfd);
	return copy_rest(fd);
}

static int print_log(const struct instance *instance, bool and_follow)
{
	char path[PATH_MAX];
	instance_path(instance, "log", path);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		report_errno("cannot read %s", path);
		return 1;
	}
	bool printed = and_follow ? follow(instance, path, fd) : copy_rest(fd);
	close(fd);
	return printed ? 0 : 1;
}

/* Its first line tells whose log it is, or why there is none. */
static int print_answer(const struct instance *instance, char *answer)
{
	char *log = answer + strcspn(answer, "\n");
	struct json_object *head, *error, *exit_code;
	log += *log != '\0';
	head = json_tokener_parse(answer);
	int code = head != NULL ? 0 : 1;
	if (head == NULL) {
		report("init of %s does not answer", instance->name);
	} else if (json_object_object_get_ex(head, "error", &error) &&
		   json_object_object_get_ex(head, "exit", &exit_code)) {
		report("logs: %s", json_object_get_string(error));
		code = json_object_get_int(exit_code);
	} else {
		fputs(log, stdout);
	}
	json_object_put(head);
	return code;
}

static int print_unit_log(const struct instance *instance, const char *unit)
{
	char request[128];
	if ((size_t)snprintf(request, sizeof(request), "logs %s", unit) >= sizeof(request) ||
		strpbrk(unit, "\n ") != NULL) {
		report("logs: \"%s\" is no unit's name", unit);
		return 2;
	}
	if (instance->engine == ENGINE_QEMU) {
		report("logs: a virtual machine has one log, its console: sill logs");
		return 1;
	}
	char *answer = control_ask(instance, request);
	if (answer == NULL) {
		report("init of %s does not answer", instance->name);
		return 1;
	}
	int code = print_answer(instance, answer);
	free(answer);
	return code;
}

int cmd_logs(int argc, char **argv)
{
	struct name_option option;
	struct instance instance;
	int stop = name_option_load(argc, argv, help, &option, &instance);
	if (stop != 0) {
		return stop - 1;
	}
	return option.rest < argc ? print_unit_log(&instance, argv[option.rest])
				  : print_log(&instance, option.follow);
}
