// SPDX-License-Identifier: MIT
#ifndef INIT_UNIT_H
#define INIT_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "init/address.h"
#include "init/diag.h"
#include "init/text_pool.h"

#define UNIT_MAX 32
#define UNIT_NAME_MAX 64
#define UNIT_LIST_MAX 512 // words of one key
#define UNIT_LIMITS_MAX 8

enum unit_kind {
	UNIT_SERVICE,
	UNIT_SOCKET,
	UNIT_TARGET,
};

/* A name in a unit file that only something outside of the file can resolve. */
struct named {
	const char *text; // may be NULL
	struct position at;
};

enum unit_ref_kind {
	UNIT_REF_AFTER,
	UNIT_REF_WANTS,
	UNIT_REF_REQUIRES,
	UNIT_REF_SOCKETS,
};

struct unit_ref {
	struct unit_ref *next;
	enum unit_ref_kind kind;
	struct named name;
};

enum service_type {
	SERVICE_SIMPLE,
	SERVICE_NOTIFY,
	SERVICE_ONESHOT,
};

enum restart_policy {
	RESTART_NO,
	RESTART_ALWAYS,
	RESTART_ON_SUCCESS,
	RESTART_ON_FAILURE,
	RESTART_ON_ABNORMAL,
	RESTART_ON_ABORT,
	RESTART_ON_WATCHDOG,
};

enum notify_access {
	NOTIFY_NONE,
	NOTIFY_MAIN,
	NOTIFY_ALL,
};

enum output_kind {
	OUTPUT_JOURNAL, // kept in memory, and shown on init's stderr
	OUTPUT_NULL,
	OUTPUT_APPEND, // kept in memory, and written to a file
	OUTPUT_TRUNCATE,
};

enum protect_system {
	PROTECT_NO,
	PROTECT_YES,
	PROTECT_FULL,
	PROTECT_STRICT,
};

/* What init does once a unit has ended. */
enum end_action {
	END_NONE,
	END_EXIT,
	END_POWEROFF,
	END_REBOOT,
};

/* How long a service that died waits; see backoff.h. */
struct restart_delay {
	uint64_t first_usec;
	uint64_t max_usec;
	long steps;
	bool is_set; // any of the three keys is in the file
};

struct resource_limit {
	int resource;
	uint64_t soft, hard;
};

/* What a service may see and do besides its ids and capabilities. */
struct sandbox_config {
	bool no_new_privileges;
	bool has_private_network, has_private_tmp, has_private_devices;
	int protect_system; // enum protect_system
	struct text_list read_only, read_write, inaccessible; // paths, with their -
	struct text_list temporary, bind, bind_read_only; // PATH[:OPTIONS], SOURCE[:TARGET]
	struct text_list system_calls, address_families; // with ~ when taken away
	int system_call_error; // errno; 0: the service is killed
};

struct service_config {
	int type; // enum service_type
	struct text_list exec_start, exec_reload;
	struct named user, group;
	struct text_list environment, environment_files;
	const char *working_directory; // may be NULL
	int restart; // enum restart_policy
	struct restart_delay restart_delay;
	uint64_t start_timeout_usec;
	uint64_t stop_timeout_usec;
	uint64_t watchdog_usec; // 0: none
	int notify_access; // enum notify_access
	long fd_store_max;
	int kill_signal;
	int output; // enum output_kind
	const char *output_path;
	struct resource_limit limits[UNIT_LIMITS_MAX];
	size_t limit_count;
	uint64_t memory_max, tasks_max; // UINT64_MAX: no limit
	uint64_t capabilities; // that the service may ever have
	uint64_t ambient_capabilities;
	struct text_list state_directories, runtime_directories;
	long oom_score, nice, cpu_priority; // NUMBER_UNSET: left as they are
	int cpu_policy; // SCHED_*
	struct sandbox_config sandbox;
};

#define NUMBER_UNSET INT32_MIN

struct listen_config {
	struct listen_config *next;
	int type; // SOCK_*
	struct address address;
	struct named text;
};

struct socket_config {
	struct listen_config *listen;
	unsigned mode;
	unsigned directory_mode;
	struct named user, group;
	struct named service; // text is never NULL after parsing
	const char *fd_name; // never NULL after parsing
	long backlog;
};

struct unit {
	const char *name; // "weston.service"
	const char *file; // where it was read from
	enum unit_kind kind;
	const char *description; // never NULL after parsing
	struct unit_ref *refs;
	struct text_list conditions; // ConditionPathExists=, with its !
	int success_action, failure_action; // enum end_action
	union {
		struct service_config service;
		struct socket_config socket;
	};
};

/* The kind that a file's name stands for; false: not a unit file. */
bool unit_kind_of(const char *name, enum unit_kind *ret_kind);

/* A fingerprint of the keys that a system call filter is compiled from; 0: there are none. */
uint64_t unit_filter_id(const struct sandbox_config *sandbox);

#endif
