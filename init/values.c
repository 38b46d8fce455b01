// SPDX-License-Identifier: MIT
#include "init/values.h"

#include <signal.h>
#include <string.h>
#include <strings.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static bool is_one_of(const char *text, const char *const *words)
{
	for (; *words != NULL; words++) {
		if (strcasecmp(text, *words) == 0) {
			return true;
		}
	}
	return false;
}

bool value_bool(const char *text, bool *ret_value)
{
	static const char *const yes[] = {"yes", "true", "on", "1", "y", "t", NULL};
	static const char *const no[] = {"no", "false", "off", "0", "n", "f", NULL};
	bool is_yes = is_one_of(text, yes);
	if (!is_yes && !is_one_of(text, no)) {
		return false;
	}
	*ret_value = is_yes;
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

uint64_t value_digits(const char *text, const char **ret_end)
{
	uint64_t value = 0;
	for (; is_digit(*text); text++) {
		uint64_t digit = (uint64_t)(*text - '0');
		value = value > (UINT64_MAX - digit) / 10 ? UINT64_MAX : value * 10 + digit;
	}
	*ret_end = text;
	return value;
}

bool value_number(const char *text, long min, long max, long *ret_value)
{
	bool is_negative = *text == '-';
	const char *digits = text + (is_negative || *text == '+'), *end;
	uint64_t magnitude = value_digits(digits, &end);
	if (end == digits || *end != '\0' || magnitude > INT64_MAX) {
		return false;
	}
	long value = is_negative ? -(long)magnitude : (long)magnitude;
	if (value < min || value > max) {
		return false;
	}
	*ret_value = value;
	return true;
}

bool value_size(const char *text, uint64_t *ret_size)
{
	static const char suffixes[] = "KMGT";
	const char *end;
	if (strcmp(text, "infinity") == 0) {
		*ret_size = UINT64_MAX;
		return true;
	}
	uint64_t value = value_digits(text, &end);
	const char *suffix = *end != '\0' ? strchr(suffixes, *end) : NULL;
	unsigned shift = suffix != NULL ? 10 * (unsigned)(suffix - suffixes + 1) : 0;
	if (end == text || end[suffix != NULL] != '\0' || value > (UINT64_MAX >> 1) >> shift) {
		return false;
	}
	*ret_size = value << shift;
	return true;
}

bool value_mode(const char *text, unsigned *ret_mode)
{
	unsigned mode = 0;
	if (*text == '\0' || strlen(text) > 5) {
		return false;
	}
	for (; *text != '\0'; text++) {
		if (*text < '0' || *text > '7') {
			return false;
		}
		mode = mode * 8 + (unsigned)(*text - '0');
	}
	if (mode > 07777) {
		return false;
	}
	*ret_mode = mode;
	return true;
}

static const struct {
	const char *name;
	uint64_t usec;
} time_units[] = {
	{"usec", 1},
	{"us", 1},
	{"msec", USEC_PER_MSEC},
	{"ms", USEC_PER_MSEC},
	{"seconds", USEC_PER_SEC},
	{"second", USEC_PER_SEC},
	{"sec", USEC_PER_SEC},
	{"s", USEC_PER_SEC},
	{"minutes", 60 * USEC_PER_SEC},
	{"minute", 60 * USEC_PER_SEC},
	{"min", 60 * USEC_PER_SEC},
	{"m", 60 * USEC_PER_SEC},
	{"hours", 3600 * USEC_PER_SEC},
	{"hour", 3600 * USEC_PER_SEC},
	{"hr", 3600 * USEC_PER_SEC},
	{"h", 3600 * USEC_PER_SEC},
	{"days", 86400 * USEC_PER_SEC},
	{"day", 86400 * USEC_PER_SEC},
	{"d", 86400 * USEC_PER_SEC},
};

/* A unit's name behind a number; none is seconds. */
static bool time_unit(const char **text, uint64_t *ret_usec)
{
	size_t length = strcspn(*text, "0123456789 \t");
	*ret_usec = USEC_PER_SEC;
	if (length == 0) {
		return true;
	}
	for (size_t i = 0; i < LENGTH(time_units); i++) {
		const char *name = time_units[i].name;
		if (strlen(name) == length && memcmp(name, *text, length) == 0) {
			*ret_usec = time_units[i].usec;
			*text += length;
			return true;
		}
	}
	return false;
}

/* Parts of a unit, as in 1.5s: at most the microsecond counts. */
static uint64_t time_fraction(const char **text, uint64_t *ret_scale)
{
	uint64_t fraction = 0;
	*ret_scale = 1;
	for (; is_digit(**text); (*text)++) {
		if (*ret_scale < USEC_PER_SEC) {
			fraction = fraction * 10 + (uint64_t)(**text - '0');
			*ret_scale *= 10;
		}
	}
	return fraction;
}

/* One number and its unit, added to `total`. Seven digits of days are far from overflow. */
static bool time_term(const char **text, uint64_t *total)
{
	uint64_t whole = 0, fraction = 0, scale = 1, unit;
	const char *start = *text;
	for (; is_digit(**text); (*text)++) {
		if (*text - start >= 7) {
			return false;
		}
		whole = whole * 10 + (uint64_t)(**text - '0');
	}
	if (**text == '.') {
		(*text)++;
		fraction = time_fraction(text, &scale);
	}
	if (!is_digit(*start) || !is_digit((*text)[-1])) {
		return false;
	}
	*text += strspn(*text, " \t");
	if (!time_unit(text, &unit)) {
		return false;
	}
	uint64_t usec = whole * unit + fraction * unit / scale;
	if (usec > USEC_INFINITY / 4 - *total) {
		return false;
	}
	*total += usec;
	return true;
}

bool value_timespan(const char *text, uint64_t *ret_usec)
{
	uint64_t total = 0;
	if (strcmp(text, "infinity") == 0) {
		*ret_usec = USEC_INFINITY;
		return true;
	}
	do {
		if (!time_term(&text, &total)) {
			return false;
		}
		text += strspn(text, " \t");
	} while (*text != '\0');
	*ret_usec = total;
	return true;
}

bool value_signal(const char *text, int *ret_signal)
{
	static const struct {
		const char *name;
		int number;
	} signals[] = {
		{"HUP", SIGHUP},
		{"INT", SIGINT},
		{"QUIT", SIGQUIT},
		{"ABRT", SIGABRT},
		{"KILL", SIGKILL},
		{"USR1", SIGUSR1},
		{"USR2", SIGUSR2},
		{"ALRM", SIGALRM},
		{"TERM", SIGTERM},
		{"CONT", SIGCONT},
		{"WINCH", SIGWINCH},
		{"PWR", SIGPWR},
	};
	long number;
	if (value_number(text, 1, 64, &number)) {
		*ret_signal = (int)number;
		return true;
	}
	const char *name = strncmp(text, "SIG", 3) == 0 ? text + 3 : text;
	for (size_t i = 0; i < LENGTH(signals); i++) {
		if (strcmp(name, signals[i].name) == 0) {
			*ret_signal = signals[i].number;
			return true;
		}
	}
	return false;
}

bool value_capability(const char *text, uint64_t *ret_bit)
{
	/* In the order of linux/capability.h. */
	static const char *const names[] = {"chown", "dac_override", "dac_read_search", "fowner",
		"fsetid", "kill", "setgid", "setuid", "setpcap", "linux_immutable",
		"net_bind_service", "net_broadcast", "net_admin", "net_raw", "ipc_lock",
		"ipc_owner", "sys_module", "sys_rawio", "sys_chroot", "sys_ptrace", "sys_pacct",
		"sys_admin", "sys_boot", "sys_nice", "sys_resource", "sys_time", "sys_tty_config",
		"mknod", "lease", "audit_write", "audit_control", "setfcap", "mac_override",
		"mac_admin", "syslog", "wake_alarm", "block_suspend", "audit_read", "perfmon",
		"bpf", "checkpoint_restore"};
	if (strncasecmp(text, "CAP_", 4) != 0) {
		return false;
	}
	for (size_t i = 0; i < LENGTH(names); i++) {
		if (strcasecmp(text + 4, names[i]) == 0) {
			*ret_bit = UINT64_C(1) << i;
			return true;
		}
	}
	return false;
}
