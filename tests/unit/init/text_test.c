// SPDX-License-Identifier: MIT
#include "init/environment_file.h"
#include "init/format.h"
#include "init/log_ring.h"
#include "init/notify_message.h"
#include "init/request.h"
#include "init/text_out.h"
#include "init/tmpfiles_line.h"

#include "tests/harness/test.h"

static const char *json(const char *text)
{
	static char data[64];
	struct text_out out = {.data = data, .size = sizeof(data)};
	text_out_json(&out, text);
	data[out.length] = '\0';
	return data;
}

TEST(json_strings)
{
	CHECK_STR(json("plain"), "\"plain\"");
	CHECK_STR(json(NULL), "null");
	CHECK_STR(json("a\"b\\c\n"), "\"a\\u0022b\\u005cc\\u000a\"");
	CHECK_STR(json("\xc3\xa9\xf0\x9f\x98\x80"), "\"\xc3\xa9\xf0\x9f\x98\x80\"");
	CHECK_STR(json("\xff\xc3)\xed\xa0\x80"), "\"?"
						 "?)?"
						 "?"
						 "?\"");
}

TEST(output_that_does_not_fit_is_left_out)
{
	char data[8];
	struct text_out out = {.data = data, .size = sizeof(data)};
	text_out_print(&out, "%d", 123);
	text_out_print(&out, "%s", "too long");
	CHECK(out.is_full);
	CHECK_INT(out.length, 3);
	text_out_bytes(&out, "123456", 6);
	CHECK_INT(out.length, 3);
}

static struct log_ring ring;

TEST(a_ring_keeps_the_last_lines)
{
	static char data[LOG_RING_SIZE + 1];
	struct text_out out = {.data = data, .size = LOG_RING_SIZE};
	char line[32];
	for (int i = 0; i < 20000; i++) {
		int length = snprintf(line, sizeof(line), "line %d\n", i);
		log_ring_add(&ring, line, (size_t)length);
	}
	log_ring_print(&ring, &out);
	data[out.length] = '\0';
	CHECK(!out.is_full);
	CHECK(strncmp(data, "line ", 5) == 0);
	CHECK(strstr(data, "line 19999\n") == data + out.length - 11);
	CHECK(out.length > LOG_RING_SIZE - 16);
}

TEST(lines_are_put_together_and_cut)
{
	static struct log_line line;
	char long_line[LOG_LINE_MAX + 10];
	bool is_complete;
	CHECK_INT(log_line_take(&line, "ab", 2, &is_complete), 2);
	CHECK(!is_complete);
	CHECK_INT(log_line_take(&line, "c\nd", 3, &is_complete), 2);
	CHECK(is_complete);
	CHECK(line.length == 3 && memcmp(line.data, "abc", 3) == 0);
	line.length = 0;
	memset(long_line, 'x', sizeof(long_line));
	CHECK_INT(log_line_take(&line, long_line, sizeof(long_line), &is_complete), LOG_LINE_MAX);
	CHECK(is_complete);
}

static struct notify_message notify(const char *text)
{
	return notify_message_parse(text, strlen(text));
}

TEST(notifications)
{
	struct notify_message message = notify("READY=1\nSTATUS=all\x1b[0m well\nMAINPID=1\n");
	CHECK(message.is_ready && message.has_status && !message.is_stopping);
	CHECK_STR(message.status, "all?[0m well");
	message = notify("READY=0\nREADY=11\nXREADY=1\nSTOPPING=1");
	CHECK(!message.is_ready && message.is_stopping && !message.has_status);
	message = notify("");
	CHECK(!message.is_ready);
	message = notify("MAINPID=77\nWATCHDOG=1\nRELOADING=1\nFDSTORE=1\nFDNAME=a.b");
	CHECK(message.main_pid == 77 && message.is_alive && message.is_reloading);
	CHECK(message.stores_fds && !message.removes_fds && !message.has_failed);
	CHECK_STR(message.fd_name, "a.b");
	message = notify("MAINPID=x\nFDNAME=a:b\nWATCHDOG=trigger\nFDSTOREREMOVE=1");
	CHECK(message.main_pid == 0 && message.fd_name[0] == '\0');
	CHECK(message.has_failed && message.removes_fds && !message.is_alive);
}

TEST(a_long_status_is_cut)
{
	char text[1000] = "STATUS=";
	memset(text + 7, 'x', sizeof(text) - 8);
	struct notify_message message = notify(text);
	CHECK_INT(strlen(message.status), NOTIFY_STATUS_MAX - 1);
}

static const char *ask(const char *text, struct request *ret_request)
{
	static char line[REQUEST_MAX];
	snprintf(line, sizeof(line), "%s", text);
	return request_parse(line, ret_request);
}

TEST(requests)
{
	struct request request;
	CHECK(ask("status", &request) == NULL);
	CHECK(request.verb == REQUEST_STATUS && !request.wants_more);
	CHECK(ask("restart weston", &request) == NULL);
	CHECK_STR(request.unit, "weston.service");
	CHECK(ask("logs a.socket follow", &request) == NULL && request.wants_more);
	CHECK_STR(request.unit, "a.socket");
}

TEST(bad_requests)
{
	struct request request;
	CHECK_STR(ask("", &request), "unknown request");
	CHECK_STR(ask("halt", &request), "unknown request");
	CHECK_STR(ask("start", &request), "which unit?");
	CHECK_STR(ask("start a b", &request), "too many words");
	CHECK_STR(ask("status follow", &request), "too many words");
	CHECK_STR(ask("reboot now", &request), "too many words");
	CHECK_STR(ask("stop aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
			  &request),
		"the unit's name is too long");
}

static struct environment environment;

TEST(a_later_variable_replaces_an_earlier_one)
{
	CHECK(environment_set(&environment, "HOME", "/"));
	CHECK(environment_set(&environment, "HOMER", "d'oh"));
	CHECK(environment_put(&environment, "HOME=/tmp"));
	CHECK_INT(environment.count, 2);
	CHECK_STR(environment.entries[0], "HOME=/tmp");
	CHECK(environment.entries[2] == NULL);
	CHECK(!environment_put(&environment, "no value"));
}

TEST(an_environment_is_bounded)
{
	char name[16];
	bool has_room = true;
	for (int i = 0; i < 100 && has_room; i++) {
		snprintf(name, sizeof(name), "V%d", i);
		has_room = environment_set(&environment, name, "x");
	}
	CHECK(!has_room);
	CHECK_INT(environment.count, ENVIRONMENT_ENTRIES_MAX);
	CHECK(environment.entries[ENVIRONMENT_ENTRIES_MAX] == NULL);
}

/* What a file sets, joined with |. */
static const char *environment_of(const char *text)
{
	static struct environment set;
	static char buffer[256], out[256];
	memset(&set, 0, sizeof(set));
	snprintf(buffer, sizeof(buffer), "%s", text);
	out[0] = '\0';
	if (!environment_file_put(&set, buffer)) {
		return "!";
	}
	for (size_t i = 0; i < set.count; i++) {
		strcat(out, i > 0 ? "|" : "");
		strcat(out, set.entries[i]);
	}
	return out;
}

TEST(environment_files)
{
	CHECK_STR(environment_of("# no\nA=1\n B = two words \n;x=y\nC\n9=x\n"), "A=1|B=two words");
	CHECK_STR(environment_of("A='b c' \nB=\"d\ne\"f\nA=2\n"), "A=2|B=d\nef");
	CHECK_STR(environment_of("A=a\\\nb\nB=\\\"\nC='\\'"), "A=ab|B=\"|C=\\");
	CHECK_STR(environment_of("A=\nB='open"), "A=|B=open");
	CHECK_STR(environment_of("A=x\\"), "A=x\\");
}

__attribute__((format(printf, 1, 2))) static const char *formatted(const char *format, ...)
{
	static char out[64];
	va_list args;
	va_start(args, format);
	format_list(out, sizeof(out), format, args);
	va_end(args);
	return out;
}

TEST(formats)
{
	CHECK_STR(formatted("%d %u %s%%", -5, 7U, "x"), "-5 7 x%");
	CHECK_STR(formatted("%ld %lu", INT64_MIN, UINT64_MAX),
		"-9223372036854775808 18446744073709551615");
	CHECK_STR(formatted("[%5s|%-5s|%.2s|%.*s]", "ab", "ab", "abc", 1, "abc"),
		"[   ab|ab   |ab|a]");
	CHECK_STR(formatted("%04x %o %c %zu", 10U, 8U, 'c', sizeof(char)), "000a 10 c 1");
	char small[4];
	CHECK_INT(format_text(small, sizeof(small), "%s", "abcdef"), 6);
	CHECK_STR(small, "abc");
}

/* The line as "type path mode user target", or "!problem at COLUMN". */
static const char *tmpfiles(const char *text)
{
	static char buffer[128], out[256];
	struct tmpfiles_line line;
	struct problem problem;
	snprintf(buffer, sizeof(buffer), "%s", text);
	switch (tmpfiles_line_parse(buffer, &line, &problem)) {
	case TMPFILES_EMPTY:
		return "empty";
	case TMPFILES_BAD:
		snprintf(out, sizeof(out), "!%s at %d", problem.text,
			(int)(problem.at - buffer) + 1);
		return out;
	case TMPFILES_OK:
		break;
	}
	snprintf(out, sizeof(out), "%d %s %o %s %s", line.type, line.path, line.mode,
		line.user != NULL ? line.user : "-", line.target != NULL ? line.target : "-");
	return out;
}

TEST(tmpfiles_lines)
{
	CHECK_STR(tmpfiles("d  /run/sill 0755 root root - -"), "0 /run/sill 755 root -");
	CHECK_STR(tmpfiles("d /a"), "0 /a 755 - -");
	CHECK_STR(tmpfiles("L+ /tmp/x - - - - /mnt/y"), "1 /tmp/x 755 - /mnt/y");
	CHECK_STR(tmpfiles("  # comment"), "empty");
	CHECK_STR(tmpfiles(""), "empty");
}

TEST(bad_tmpfiles_lines)
{
	CHECK_STR(tmpfiles("x /a"), "!unknown type, known are d and L+ at 1");
	CHECK_STR(tmpfiles("L+ /a"), "!a link needs its target at 1");
	CHECK_STR(tmpfiles("d a"), "!the path must be absolute at 3");
	CHECK_STR(tmpfiles("d /a 999"), "!not an octal mode at 6");
	CHECK_STR(tmpfiles("d /a - - - 10d"), "!an age is not supported at 12");
	CHECK_STR(tmpfiles("d /a - - - - x"), "!a directory has no argument at 14");
	CHECK_STR(tmpfiles("d /a - - - - - x"), "!more than seven fields at 16");
}

TEST_MAIN()
