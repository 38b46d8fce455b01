// SPDX-License-Identifier: MIT
/*
 * sill-filters: compiles what the unit files say of system calls into BPF programs, ahead of time,
 * so that init has neither the tables nor the time of doing so.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "init/call_filter.h"
#include "init/filters/groups.h"
#include "init/unit.h"

#define CALLS_MAX 1024

enum {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_BAD_INPUT = 2,
};

/* The calls that a filter is about, by number. */
struct calls {
	int numbers[CALLS_MAX];
	size_t count;
};

static int complain(const char *what, const char *why)
{
	fprintf(stderr, "sill-filters: %s: %s\n", what, why);
	return EXIT_FAILED;
}

static size_t place_of(const struct calls *calls, int number)
{
	size_t i = 0;
	while (i < calls->count && calls->numbers[i] != number) {
		i++;
	}
	return i;
}

/* A call of another architecture or a newer kernel is none here, and left out, as systemd does. */
static bool add_call(void *data, const char *name)
{
	struct calls *calls = data;
	int number = seccomp_syscall_resolve_name(name);
	if (number < 0 || place_of(calls, number) < calls->count) {
		return true;
	}
	if (calls->count == CALLS_MAX) {
		return false;
	}
	calls->numbers[calls->count++] = number;
	return true;
}

static bool remove_call(void *data, const char *name)
{
	struct calls *calls = data;
	size_t place = place_of(calls, seccomp_syscall_resolve_name(name));
	if (place < calls->count) {
		calls->numbers[place] = calls->numbers[--calls->count];
	}
	return true;
}

/* The first word decides: a list of what is allowed, or of what is not. */
static bool is_denying(const struct text_list *list)
{
	return list->count > 0 && list->items[0][0] == '~';
}

/* As in systemd: a word of the list's own kind adds to it, one of the other kind takes away. */
static bool read_calls(
	const struct text_list *list, const struct groups *groups, struct calls *calls)
{
	bool denies = is_denying(list);
	/* Without these no program could even be executed. */
	if (list->count > 0 && !denies && !groups_expand(groups, "@default", add_call, calls)) {
		return false;
	}
	for (size_t i = 0; i < list->count; i++) {
		bool is_inverted = list->items[i][0] == '~';
		const char *name = list->items[i] + is_inverted;
		int number = *name == '@' ? 0 : seccomp_syscall_resolve_name(name);
		if (number == __NR_SCMP_ERROR ||
			!groups_expand(groups, name, is_inverted == denies ? add_call : remove_call,
				calls)) {
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

#define FAMILIES_MAX 64

/* The families that socket(2) may have; a list of forbidden ones leaves all others. */
static bool read_families(const struct text_list *list, bool is_allowed[static FAMILIES_MAX])
{
	bool denies = is_denying(list);
	memset(is_allowed, denies, FAMILIES_MAX);
	for (size_t i = 0; i < list->count; i++) {
		const char *name = list->items[i];
		int family;
		if (strcmp(name, "none") == 0) {
			continue;
		}
		if (!family_number(name + (*name == '~'), &family)) {
			return false;
		}
		is_allowed[family] = *name != '~';
	}
	return true;
}

/* Where `families` is not NULL, socket(2) is judged by it, and fails with EAFNOSUPPORT otherwise.
 */
static int add_socket_rules(scmp_filter_ctx filter, const bool *families, bool has_to_allow)
{
	const uint32_t refuse = SCMP_ACT_ERRNO(EAFNOSUPPORT);
	int result = seccomp_rule_add(
		filter, refuse, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_GE, FAMILIES_MAX));
	for (unsigned family = 0; result == 0 && family < FAMILIES_MAX; family++) {
		if (!families[family] || has_to_allow) {
			result =
				seccomp_rule_add(filter, families[family] ? SCMP_ACT_ALLOW : refuse,
					SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_EQ, family));
		}
	}
	return result;
}

static int add_rules(scmp_filter_ctx filter, const struct sandbox_config *sandbox,
	const struct calls *calls, uint32_t action)
{
	bool families[FAMILIES_MAX];
	bool has_families = sandbox->address_families.count > 0;
	bool denies = is_denying(&sandbox->system_calls), has_socket = false;
	int result = 0;
	if (has_families && !read_families(&sandbox->address_families, families)) {
		return -EINVAL;
	}
	for (size_t i = 0; result == 0 && i < calls->count; i++) {
		bool is_socket = calls->numbers[i] == SCMP_SYS(socket);
		has_socket |= is_socket;
		if (!is_socket || !has_families) {
			result = seccomp_rule_add(
				filter, denies ? action : SCMP_ACT_ALLOW, calls->numbers[i], 0);
		}
	}
	bool may_have_sockets = sandbox->system_calls.count == 0 || has_socket != denies;
	if (result == 0 && has_families && may_have_sockets) {
		bool has_to_allow = sandbox->system_calls.count > 0 && !denies;
		result = add_socket_rules(filter, families, has_to_allow);
	}
	return result;
}

static scmp_filter_ctx compile(const struct sandbox_config *sandbox, const struct calls *calls)
{
	uint32_t action = sandbox->system_call_error == 0
				  ? SCMP_ACT_KILL_PROCESS
				  : SCMP_ACT_ERRNO((uint32_t)sandbox->system_call_error);
	bool allows = sandbox->system_calls.count > 0 && !is_denying(&sandbox->system_calls);
	scmp_filter_ctx filter = seccomp_init(allows ? action : SCMP_ACT_ALLOW);
	/* A binary tree: as short a way for the last call as for the first. */
	if (filter != NULL && (seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) < 0 ||
				      seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH,
					      SCMP_ACT_KILL_PROCESS) < 0 ||
				      add_rules(filter, sandbox, calls, action) < 0)) {
		seccomp_release(filter);
		return NULL;
	}
	return filter;
}

static int write_filter(const struct unit *unit, scmp_filter_ctx filter, const char *folder)
{
	struct call_filter_header header = {
		.arch = seccomp_arch_native(),
		.id = unit_filter_id(&unit->service.sandbox),
	};
	char path[4096];
	memcpy(header.magic, CALL_FILTER_MAGIC, sizeof(header.magic));
	snprintf(path, sizeof(path), "%s/%s" CALL_FILTER_SUFFIX, folder, unit->name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0) {
		return complain(path, strerror(errno));
	}
	bool is_written = write(fd, &header, sizeof(header)) == sizeof(header) &&
			  seccomp_export_bpf(filter, fd) == 0;
	off_t size = lseek(fd, 0, SEEK_END);
	bool fits = size <= (off_t)(sizeof(header) + CALL_FILTER_INSTRUCTIONS_MAX * 8);
	close(fd);
	return is_written && fits ? EXIT_DONE : complain(path, "the filter cannot be written");
}

static int compile_unit(const struct unit *unit, const struct groups *groups, const char *folder)
{
	struct calls calls = {.count = 0};
	if (unit_filter_id(&unit->service.sandbox) == 0) {
		return EXIT_DONE;
	}
	if (!read_calls(&unit->service.sandbox.system_calls, groups, &calls)) {
		return complain(unit->file, "its SystemCallFilter= cannot be compiled");
	}
	scmp_filter_ctx filter = compile(&unit->service.sandbox, &calls);
	if (filter == NULL) {
		return complain(unit->file, "its filter cannot be compiled");
	}
	int code = write_filter(unit, filter, folder);
	seccomp_release(filter);
	return code;
}

static bool read_unit(struct unit *unit, const char *folder, const char *name)
{
	static struct unit_lines lines;
	static struct text_pool pool;
	static char path[4096], text[UNIT_FILE_MAX + 1];
	static struct diag_list diags;
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		complain(path, strerror(errno));
		return false;
	}
	size_t size = fread(text, 1, UNIT_FILE_MAX, file);
	fclose(file);
	pool.used = 0;
	diags.count = 0;
	*unit = (struct unit){.name = name, .file = path, .kind = UNIT_SERVICE};
	unit_lines_init(&lines, text, size);
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
