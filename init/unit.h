// SPDX-License-Identifier: MIT
#ifndef INIT_UNIT_H
#define INIT_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "init/address.h"
#include "init/diag.h"
#include "init/text_pool.h"
#include "init/unit_lines.h"

#define UNIT_MAX 32
#define UNIT_NAME_MAX 64
#define UNIT_REFS_MAX 32
#define UNIT_CONDITIONS_MAX 4
#define UNIT_ARGS_MAX 64
#define UNIT_ENVIRONMENT_MAX 32
#define UNIT_DIRECTORIES_MAX 4
#define UNIT_LISTEN_MAX 8

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
};

struct unit_ref {
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
	RESTART_ON_FAILURE,
};

/* How long a service that died waits; see backoff.h. */
struct restart_delay {
	uint64_t first_usec;
	uint64_t max_usec;
	long steps;
	bool is_set; // any of the three keys is in the file
};

struct service_config {
	int type; // enum service_type
	char *args[UNIT_ARGS_MAX + 1];
	size_t arg_count;
	struct named user, group;
	char *environment[UNIT_ENVIRONMENT_MAX];
	size_t environment_count;
	const char *working_directory; // may be NULL
	int restart; // enum restart_policy
	struct restart_delay restart_delay;
	uint64_t start_timeout_usec;
	uint64_t stop_timeout_usec;
	int kill_signal;
	struct {
		uint64_t soft, hard;
		bool is_set;
	} open_files;
	bool no_new_privileges;
	uint64_t capabilities; // that the service may ever have
	bool has_private_network;
	const char *state_directories[UNIT_DIRECTORIES_MAX];
	size_t state_directory_count;
	const char *runtime_directories[UNIT_DIRECTORIES_MAX];
	size_t runtime_directory_count;
	struct {
		long value;
		bool is_set;
	} oom_score, nice;
};

struct listen_config {
	struct address address;
	struct named text;
};

struct socket_config {
	struct listen_config listen[UNIT_LISTEN_MAX];
	size_t listen_count;
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
	struct unit_ref refs[UNIT_REFS_MAX];
	size_t ref_count;
	const char *conditions[UNIT_CONDITIONS_MAX]; // ConditionPathExists=, with its !
	size_t condition_count;
	union {
		struct service_config service;
		struct socket_config socket;
	};
};

/* The kind that a file's name stands for; false: not a unit file. */
bool unit_kind_of(const char *name, enum unit_kind *ret_kind);

/*
 * Reads one unit file into `unit`, whose name, file and kind are set. Every fault is added to
 * `diags`; false when there was one. Uses `lines` as its work space.
 */
bool unit_parse(struct unit *unit, struct unit_lines *lines, struct text_pool *pool,
	struct diag_list *diags);

#endif
