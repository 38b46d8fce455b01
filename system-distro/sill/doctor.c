// SPDX-License-Identifier: MIT
#include "system-distro/sill/doctor.h"

#include <fcntl.h>
#include <glob.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "system-distro/sill/child.h"
#include "system-distro/sill/commands.h"
#include "system-distro/sill/name_option.h"

static const char help[] =
	"usage: sill doctor [--json]\n"
	"\n"
	"Say which profiles fit this machine, and what it has to run an image and to show it.\n"
	"Exit code 1 when something is missing without which nothing runs.";

static bool read_line(const char *path, char *line, size_t size)
{
	FILE *file = fopen(path, "re");
	bool found = file != NULL && fgets(line, (int)size, file) != NULL;
	if (file != NULL) {
		fclose(file);
	}
	if (found) {
		line[strcspn(line, "\n")] = '\0';
	}
	return found;
}

/* The kernel's own word for it, in the files that the libraries for it read as well. */
static void find_screen(char screen[static FACT_MAX])
{
	glob_t found;
	char state[32];
	if (glob("/sys/class/drm/card*-*/status", 0, NULL, &found) != 0) {
		return;
	}
	for (size_t i = 0; i < found.gl_pathc && screen[0] == '\0'; i++) {
		const char *name = found.gl_pathv[i] + strlen("/sys/class/drm/");
		if (read_line(found.gl_pathv[i], state, sizeof(state)) &&
			strcmp(state, "connected") == 0) {
			snprintf(screen, FACT_MAX, "%.*s", (int)strcspn(name, "/"), name);
		}
	}
	globfree(&found);
}

static void find_input(char input[static FACT_MAX])
{
	glob_t found;
	if (glob("/sys/class/input/event*/device/name", 0, NULL, &found) != 0) {
		return;
	}
	if (!read_line(found.gl_pathv[0], input, FACT_MAX)) {
		input[0] = '\0';
	}
	globfree(&found);
}

/* Whether the command ends well; what it says is of no interest. */
static bool succeeds(const char *command)
{
	struct strv argv = {0};
	int log_fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	strv_add_all(&argv, "sh", "-c", command, NULL);
	int code = log_fd >= 0 ? child_run(&argv, log_fd) : -1;
	strv_finish(&argv);
	if (log_fd >= 0) {
		close(log_fd);
	}
	return code == 0;
}

static void find_facts(struct doctor_facts *facts)
{
	const char *display = getenv("DISPLAY");
	*facts = (struct doctor_facts){.is_root = geteuid() == 0};
	find_screen(facts->screen);
	find_input(facts->input);
	facts->has_bubblewrap = succeeds("bwrap --unshare-all --ro-bind / / true");
	facts->has_loop = access("/dev/loop-control", F_OK) == 0 &&
			  succeeds("grep -qw erofs /proc/filesystems || modprobe -n erofs");
	facts->has_erofsfuse =
		access("/dev/fuse", R_OK | W_OK) == 0 && succeeds("command -v erofsfuse");
	facts->has_qemu = succeeds("command -v qemu-system-x86_64");
	facts->has_kvm = access("/dev/kvm", R_OK | W_OK) == 0;
	for (size_t i = 0; i < 2 && facts->client[0] == '\0'; i++) {
		const char *name = i == 0 ? "xfreerdp3" : "xfreerdp";
		char command[64];
		snprintf(command, sizeof(command), "command -v %s", name);
		snprintf(facts->client, FACT_MAX, "%s", succeeds(command) ? name : "");
	}
	snprintf(facts->display, FACT_MAX, "%s", display != NULL ? display : "");
}

static void print_json(const struct doctor_finding findings[DOCTOR_FINDINGS])
{
	struct json_object *all = json_object_new_object(), *list = json_object_new_array();
	json_object_object_add(all, "ok", json_object_new_boolean(doctor_is_well(findings)));
	for (size_t i = 0; i < DOCTOR_FINDINGS; i++) {
		struct json_object *one = json_object_new_object();
		json_object_object_add(one, "name", json_object_new_string(findings[i].name));
		json_object_object_add(one, "ok", json_object_new_boolean(findings[i].is_good));
		json_object_object_add(
			one, "needed", json_object_new_boolean(findings[i].is_needed));
		json_object_object_add(one, "text", json_object_new_string(findings[i].text));
		json_object_array_add(list, one);
	}
	json_object_object_add(all, "findings", list);
	puts(json_object_to_json_string_ext(all, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
							 JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(all);
}

static void print_table(const struct doctor_finding findings[DOCTOR_FINDINGS])
{
	for (size_t i = 0; i < DOCTOR_FINDINGS; i++) {
		const struct doctor_finding *it = &findings[i];
		printf("%-12s %-8s %s\n", it->name,
			it->is_good     ? "yes"
			: it->is_needed ? "missing"
					: "no",
			it->text);
	}
}

int cmd_doctor(int argc, char **argv)
{
	struct doctor_finding findings[DOCTOR_FINDINGS];
	struct doctor_facts facts;
	struct name_option option;
	int stop = name_option_parse(argc, argv, help, &option);
	if (stop != 0) {
		return stop - 1;
	}
	find_facts(&facts);
	doctor_judge(&facts, findings);
	if (option.json) {
		print_json(findings);
	} else {
		print_table(findings);
	}
	return doctor_is_well(findings) ? 0 : 1;
}
