// SPDX-License-Identifier: MIT
#include "init/unit_keys.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "init/unit_setters.h"

static const char *const types[] = {"simple", "notify", "oneshot", NULL};
static const char *const restarts[] = {
	"no", "always", "on-success", "on-failure", "on-abnormal", "on-abort", "on-watchdog", NULL};
static const char *const notify_accesses[] = {"none", "main", "all", NULL};
static const char *const protections[] = {"no", "yes", "full", "strict", NULL};
static const char *const end_actions[] = {"none", "exit", "poweroff", "reboot", NULL};
/* In the order of SCHED_*; the one that is missing there is called iso and does not exist. */
static const char *const cpu_policies[] = {"other", "fifo", "rr", "batch", "", "idle", NULL};

enum unit_section {
	SECTION_UNIT,
	SECTION_SERVICE,
	SECTION_SOCKET,
	SECTIONS,
};

static const char *const section_names[SECTIONS] = {"Unit", "Service", "Socket"};

#define UNIT(name, set, field, ...)                                                                \
	{name, set, SECTION_UNIT, offsetof(struct unit, field), __VA_ARGS__}
#define SERVICE(name, set, field, ...)                                                             \
	{name, set, SECTION_SERVICE, offsetof(struct unit, service.field), __VA_ARGS__}
#define SANDBOX(name, set, field, ...) SERVICE(name, set, sandbox.field, __VA_ARGS__)
#define SOCKET(name, set, field, ...)                                                              \
	{name, set, SECTION_SOCKET, offsetof(struct unit, socket.field), __VA_ARGS__}

static const struct unit_key keys[] = {
	UNIT("Description", unit_set_text, description, 0),
	UNIT("After", unit_set_refs, refs, UNIT_REF_AFTER),
	UNIT("Wants", unit_set_refs, refs, UNIT_REF_WANTS),
	UNIT("Requires", unit_set_refs, refs, UNIT_REF_REQUIRES),
	UNIT("ConditionPathExists", unit_set_list, conditions, LIST_PATHS, PREFIX_NOT),
	UNIT("SuccessAction", unit_set_choice, success_action, .choices = end_actions),
	UNIT("FailureAction", unit_set_choice, failure_action, .choices = end_actions),
	SERVICE("Type", unit_set_choice, type, .choices = types),
	SERVICE("ExecStart", unit_set_exec, exec_start, 0),
	SERVICE("ExecReload", unit_set_exec, exec_reload, 0, 1),
	SERVICE("User", unit_set_account, user, 0),
	SERVICE("Group", unit_set_account, group, 0),
	SERVICE("Environment", unit_set_environment, environment, 0),
	SERVICE("EnvironmentFile", unit_set_list, environment_files, LIST_PATHS, PREFIX_DASH),
	SERVICE("WorkingDirectory", unit_set_path, working_directory, 0),
	{"Sockets", unit_set_refs, SECTION_SERVICE, offsetof(struct unit, refs), UNIT_REF_SOCKETS},
	SERVICE("Restart", unit_set_choice, restart, .choices = restarts),
	SERVICE("RestartSec", unit_set_restart_time, restart_delay.first_usec, 0),
	SERVICE("RestartSteps", unit_set_restart_steps, restart_delay.steps, 1, 1000),
	SERVICE("RestartMaxDelaySec", unit_set_restart_time, restart_delay.max_usec, 0),
	SERVICE("TimeoutStartSec", unit_set_timeout, start_timeout_usec, 0),
	SERVICE("TimeoutStopSec", unit_set_timeout, stop_timeout_usec, 0),
	SERVICE("WatchdogSec", unit_set_time, watchdog_usec, 0),
	SERVICE("NotifyAccess", unit_set_choice, notify_access, .choices = notify_accesses),
	SERVICE("FileDescriptorStoreMax", unit_set_number, fd_store_max, 0, 8),
	SERVICE("KillSignal", unit_set_signal, kill_signal, 0),
	SERVICE("StandardOutput", unit_set_output, output, 0),
	SERVICE("LimitNOFILE", unit_set_limit, limits, RLIMIT_NOFILE),
	SERVICE("LimitNPROC", unit_set_limit, limits, RLIMIT_NPROC),
	SERVICE("LimitCORE", unit_set_limit, limits, RLIMIT_CORE),
	SERVICE("LimitAS", unit_set_limit, limits, RLIMIT_AS),
	SERVICE("LimitDATA", unit_set_limit, limits, RLIMIT_DATA),
	SERVICE("LimitFSIZE", unit_set_limit, limits, RLIMIT_FSIZE),
	SERVICE("LimitMEMLOCK", unit_set_limit, limits, RLIMIT_MEMLOCK),
	SERVICE("LimitSTACK", unit_set_limit, limits, RLIMIT_STACK),
	SERVICE("MemoryMax", unit_set_size, memory_max, 0),
	SERVICE("TasksMax", unit_set_size, tasks_max, 0),
	SERVICE("OOMScoreAdjust", unit_set_number, oom_score, -1000, 1000),
	SERVICE("Nice", unit_set_number, nice, -20, 19),
	SERVICE("CPUSchedulingPolicy", unit_set_choice, cpu_policy, .choices = cpu_policies),
	SERVICE("CPUSchedulingPriority", unit_set_number, cpu_priority, 1, 99),
	SERVICE("CapabilityBoundingSet", unit_set_capabilities, capabilities, 0),
	SERVICE("AmbientCapabilities", unit_set_capabilities, ambient_capabilities, 0),
	SERVICE("StateDirectory", unit_set_list, state_directories, LIST_DIRECTORIES),
	SERVICE("RuntimeDirectory", unit_set_list, runtime_directories, LIST_DIRECTORIES),
	SANDBOX("NoNewPrivileges", unit_set_bool, no_new_privileges, 0),
	SANDBOX("PrivateNetwork", unit_set_bool, has_private_network, 0),
	SANDBOX("PrivateTmp", unit_set_bool, has_private_tmp, 0),
	SANDBOX("PrivateDevices", unit_set_bool, has_private_devices, 0),
	SANDBOX("ProtectSystem", unit_set_choice, protect_system, .choices = protections),
	SANDBOX("ReadOnlyPaths", unit_set_list, read_only, LIST_PATHS, PREFIX_DASH),
	SANDBOX("ReadWritePaths", unit_set_list, read_write, LIST_PATHS, PREFIX_DASH),
	SANDBOX("InaccessiblePaths", unit_set_list, inaccessible, LIST_PATHS, PREFIX_DASH),
	SANDBOX("TemporaryFileSystem", unit_set_list, temporary, LIST_PATHS),
	SANDBOX("BindPaths", unit_set_list, bind, LIST_PATHS, PREFIX_DASH),
	SANDBOX("BindReadOnlyPaths", unit_set_list, bind_read_only, LIST_PATHS, PREFIX_DASH),
	SANDBOX("SystemCallFilter", unit_set_list, system_calls, LIST_NAMES),
	SANDBOX("SystemCallErrorNumber", unit_set_errno, system_call_error, 0),
	SANDBOX("RestrictAddressFamilies", unit_set_list, address_families, LIST_NAMES),
	SOCKET("ListenStream", unit_set_listen, listen, SOCK_STREAM),
	SOCKET("ListenSequentialPacket", unit_set_listen, listen, SOCK_SEQPACKET),
	SOCKET("SocketMode", unit_set_mode, mode, 0),
	SOCKET("DirectoryMode", unit_set_mode, directory_mode, 0),
	SOCKET("SocketUser", unit_set_account, user, 0),
	SOCKET("SocketGroup", unit_set_account, group, 0),
	SOCKET("Service", unit_set_service, service, 0),
	SOCKET("FileDescriptorName", unit_set_fd_name, fd_name, 0),
	SOCKET("Backlog", unit_set_number, backlog, 0, 65535),
};

static const struct unit_key *find_key(const char *section, const char *name)
{
	size_t number = 0;
	while (number < SECTIONS && strcmp(section_names[number], section) != 0) {
		number++;
	}
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (keys[i].section == (int)number && strcmp(keys[i].name, name) == 0) {
			return &keys[i];
		}
	}
	return NULL;
}

void unit_keys_apply(struct unit_reader *reader, const char *section, struct unit_line *line)
{
	const struct unit_key *key = find_key(section, line->name);
	if (key == NULL) {
		unit_reader_fault(
			reader, line->name, "unknown key %.60s= in [%s]", line->name, section);
		return;
	}
	for (const char *c = line->value; *c != '\0'; c++) {
		if ((unsigned char)*c < ' ' && *c != '\t') {
			unit_reader_fault(reader, c, "a control character");
			return;
		}
	}
	key->set(reader, key, line->value);
}
