// SPDX-License-Identifier: MIT
/*
 * sill-filters: compiles what the unit files say of system calls into BPF programs, ahead of time,
 * so that init has neither the tables nor the time of doing so.
 */
#include <dirent.h>
#include <errno.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "init/filters/groups.h"
#include "init/filters/program.h"
#include "init/unit_parse.h"

enum {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_BAD_INPUT = 2,
};

static int complain(const char *what, const char *why)
{
	fprintf(stderr, "sill-filters: %s: %s\n", what, why);
	return EXIT_FAILED;
}

/* What a word of the list, a group perhaps, says of each of its calls. */
struct word {
	struct filter_rules *rules;
	bool is_allowed;
};

/* A call of another architecture or a newer kernel is none here, and left out, as systemd does. */
static bool judge_call(void *data, const char *name)
{
	const struct word *word = data;
	int number = seccomp_syscall_resolve_name(name);
	if (number >= 0 && number < CALL_NUMBERS) {
		word->rules->is_allowed[number] = word->is_allowed;
	}
	return true;
}

/* The first word decides: a list of what is allowed, or of what is not. */
static bool is_denying(const struct text_list *list)
{
	return list->count > 0 && list->items[0][0] == '~';
}

static bool read_calls(
	const struct text_list *list, const struct groups *groups, struct filter_rules *rules)
{
	rules->allows_unknown = list->count == 0 || is_denying(list);
	memset(rules->is_allowed, rules->allows_unknown, sizeof(rules->is_allowed));
	/* Without these no program could even be executed. */
	struct word word = {rules, true};
	if (!rules->allows_unknown && !groups_expand(groups, "@default", judge_call, &word)) {
		return false;
	}
	for (size_t i = 0; i < list->count; i++) {
		word.is_allowed = list->items[i][0] != '~';
		const char *name = list->items[i] + !word.is_allowed;
		int number = *name == '@' ? 0 : seccomp_syscall_resolve_name(name);
		if (number == __NR_SCMP_ERROR || !groups_expand(groups, name, judge_call, &word)) {
			complain(name, "there is no such system call or group");
			return false;
		}
	}
	return true;
}

static bool family_number(const char *name, int *ret_family)
{
	static const struct {
		const char *name;
		int family;
	} families[] = {{"AF_UNIX", AF_UNIX}, {"AF_INET", AF_INET}, {"AF_INET6", AF_INET6},
		{"AF_NETLINK", AF_NETLINK}, {"AF_VSOCK", AF_VSOCK}, {"AF_PACKET", AF_PACKET},
		{"AF_ALG", AF_ALG}};
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		if (strcmp(families[i].name, name) == 0) {
			*ret_family = families[i].family;
			return true;
		}
	}
	complain(name, "an address family that is not known here");
	return false;
}

/* A list of forbidden ones leaves all others. */
static bool read_families(const struct text_list *list, struct filter_rules *rules)
{
	rules->judges_sockets = list->count > 0;
	memset(rules->has_family, is_denying(list), sizeof(rules->has_family));
	for (size_t i = 0; i < list->count; i++) {
		const char *name = list->items[i];
		int family;
		if (strcmp(name, "none") == 0) {
			continue;
		}
		if (!family_number(name + (*name == '~'), &family)) {
			return false;
		}
		rules->has_family[family] = *name != '~';
	}
	return true;
}

static int write_filter(const struct unit *unit, const struct program *program, const char *folder)
{
	const struct call_filter_header header = {
		.magic = CALL_FILTER_MAGIC,
		.arch = seccomp_arch_native(),
		.id = unit_filter_id(&unit->service.sandbox),
	};
	char path[4096];
	snprintf(path, sizeof(path), "%s/%s" CALL_FILTER_SUFFIX, folder, unit->name);
	FILE *file = fopen(path, "we");
	if (file == NULL) {
		return complain(path, strerror(errno));
	}
	size_t count = CALL_FILTER_INSTRUCTIONS_MAX - program->first;
	bool is_written = fwrite(&header, sizeof(header), 1, file) == 1 &&
			  fwrite(&program->instructions[program->first],
				  sizeof(program->instructions[0]), count, file) == count;
	return fclose(file) == 0 && is_written ? EXIT_DONE
					       : complain(path, "the filter cannot be written");
}

static int compile_unit(const struct unit *unit, const struct groups *groups, const char *folder)
{
	static struct program program;
	const struct sandbox_config *sandbox = &unit->service.sandbox;
	struct filter_rules rules = {
		.arch = seccomp_arch_native(),
		.refusal = sandbox->system_call_error == 0
				   ? SECCOMP_RET_KILL_PROCESS
				   : SECCOMP_RET_ERRNO | (uint32_t)sandbox->system_call_error,
	};
	if (unit_filter_id(sandbox) == 0) {
		return EXIT_DONE;
	}
	if (!read_calls(&sandbox->system_calls, groups, &rules) ||
		!read_families(&sandbox->address_families, &rules)) {
		return complain(unit->file, "its SystemCallFilter= and RestrictAddressFamilies= "
					    "cannot be compiled");
	}
	return program_make(&rules, &program) ? write_filter(unit, &program, folder)
					      : complain(unit->file, "its filter is too long");
}

static bool read_unit(struct unit *unit, const char *folder, const char *name)
{
	static struct unit_lines lines;
	static struct text_pool pool;
	static char path[4096];
	static struct diag_list diags;
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		complain(path, strerror(errno));
		return false;
	}
	size_t size = fread(lines.text, 1, UNIT_FILE_MAX, file);
	fclose(file);
	pool.used = 0;
	diags.count = 0;
	*unit = (struct unit){.name = name, .file = path, .kind = UNIT_SERVICE};
	unit_lines_init(&lines, size);
	if (!unit_parse(unit, &lines, &pool, &diags)) {
		fprintf(stderr, "%s:%u:%u: %s\n", path, diags.items[0].at.line,
			diags.items[0].at.column, diags.items[0].text);
		return false;
	}
	return true;
}

static int compile_folder(const struct groups *groups, const char *units, const char *folder)
{
	int code = EXIT_DONE;
	DIR *directory = opendir(units);
	if (directory == NULL) {
		return complain(units, strerror(errno));
	}
	const struct dirent *entry;
	while (code == EXIT_DONE && (entry = readdir(directory)) != NULL) {
		enum unit_kind kind;
		struct unit unit;
		if (!unit_kind_of(entry->d_name, &kind) || kind != UNIT_SERVICE) {
			continue;
		}
		code = read_unit(&unit, units, entry->d_name) ? compile_unit(&unit, groups, folder)
							      : EXIT_BAD_INPUT;
	}
	closedir(directory);
	return code;
}

int main(int argc, char **argv)
{
	struct groups groups;
	int code = EXIT_DONE;
	if (argc < 4) {
		fputs("Usage: sill-filters GROUPS FOLDER UNITS...\n"
		      "Write into FOLDER a compiled filter for each service of the folders UNITS "
		      "that "
		      "has one.\n",
			stderr);
		return EXIT_BAD_INPUT;
	}
	if (!groups_load(&groups, argv[1])) {
		return EXIT_FAILED;
	}
	for (int i = 3; code == EXIT_DONE && i < argc; i++) {
		code = compile_folder(&groups, argv[i], argv[2]);
	}
	groups_finish(&groups);
	return code;
}
