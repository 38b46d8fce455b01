// SPDX-License-Identifier: MIT
#include "init/unit_parse.h"

#include <signal.h>
#include <string.h>

#include "init/values.h"
#include "tests/harness/test.h"

static struct unit unit;
static struct unit_lines lines;
static struct text_pool pool;
static struct diag_list diags;

static bool parse_bytes(const char *name, const char *text, size_t size)
{
	memset(&unit, 0, sizeof(unit));
	memset(&diags, 0, sizeof(diags));
	pool.used = 0;
	unit.name = name;
	unit.file = name;
	if (!unit_kind_of(name, &unit.kind)) {
		return false;
	}
	memcpy(lines.text, text, size);
	unit_lines_init(&lines, size);
	return unit_parse(&unit, &lines, &pool, &diags);
}

static bool parse(const char *name, const char *text)
{
	return parse_bytes(name, text, strlen(text));
}

/* The first fault of a service file as "LINE:COLUMN: text". */
static const char *fault(const char *text)
{
	static char out[DIAG_TEXT_MAX + 32];
	if (parse("x.service", text) || diags.count == 0) {
		return "none";
	}
	snprintf(out, sizeof(out), "%u:%u: %s", diags.items[0].at.line, diags.items[0].at.column,
		diags.items[0].text);
	return out;
}

#define SERVICE "[Service]\nExecStart=/bin/x\n"

TEST(a_whole_service)
{
	CHECK(parse("weston.service", "# comment\n; another\n\n"
				      "[Unit]\nDescription=Weston, the compositor\n"
				      "After=a.service b.socket\n Requires = c.service \n"
				      "[Service]\nType=notify\nExecStart=/usr/bin/weston --a \\\n"
				      "# in between\n   --b\n"
				      "User=wslg\nEnvironment=A=1 'B=2 3'\nEnvironment=A=4\n"
				      "PrivateNetwork=yes\nCapabilityBoundingSet=\n"
				      "Restart=always\nTimeoutStopSec=2s\nKillSignal=SIGINT\n"
				      "StateDirectory=weston a/b\nNice=-5\nLimitNOFILE=64:128\n"));
	CHECK_STR(unit.description, "Weston, the compositor");
	const struct unit_ref *third = unit.refs->next->next;
	CHECK_INT(third->kind, UNIT_REF_REQUIRES);
	CHECK_STR(third->name.text, "c.service");
	CHECK_INT(third->name.at.line, 7);
	CHECK_INT(third->name.at.column, 13);
	CHECK(third->next == NULL);
	CHECK_INT(unit.service.type, SERVICE_NOTIFY);
	CHECK_INT(unit.service.exec_start.count, 3);
	CHECK_STR(unit.service.exec_start.items[2], "--b");
	CHECK(unit.service.exec_start.items[3] == NULL);
	CHECK_STR(unit.service.user.text, "wslg");
	CHECK_INT(unit.service.environment.count, 2);
	CHECK_STR(unit.service.environment.items[0], "A=4");
	CHECK_STR(unit.service.environment.items[1], "B=2 3");
	CHECK(unit.service.sandbox.has_private_network);
	CHECK_INT(unit.service.capabilities, 0);
	CHECK_INT(unit.service.restart, RESTART_ALWAYS);
	CHECK_INT(unit.service.stop_timeout_usec, 2000000);
	CHECK_INT(unit.service.kill_signal, SIGINT);
	CHECK_STR(unit.service.state_directories.items[1], "a/b");
	CHECK_INT(unit.service.nice, -5);
	CHECK_INT(unit.service.limits[0].hard, 128);
}

TEST(defaults_of_a_service)
{
	CHECK(parse("x.service", SERVICE));
	CHECK_STR(unit.description, "x.service");
	CHECK_INT(unit.service.type, SERVICE_SIMPLE);
	CHECK_INT(unit.service.restart, RESTART_NO);
	CHECK_INT(unit.service.start_timeout_usec, 90000000);
	CHECK_INT(unit.service.stop_timeout_usec, 5000000);
	CHECK_INT(unit.service.kill_signal, SIGTERM);
	CHECK(unit.service.capabilities == CAPABILITIES_ALL);
}

TEST(a_oneshot_may_take_its_time)
{
	CHECK(parse("x.service", SERVICE "Type=oneshot\n"));
	CHECK(unit.service.start_timeout_usec == USEC_INFINITY);
	CHECK(parse("x.service", SERVICE "TimeoutStartSec=3\nType=oneshot\n"));
	CHECK_INT(unit.service.start_timeout_usec, 3000000);
}

TEST(a_whole_socket)
{
	CHECK(parse("w.socket", "[Socket]\nListenStream=/run/w\nListenStream=127.0.0.1:1\n"
				"SocketMode=0600\nSocketUser=wslg\nFileDescriptorName=way\n"));
	CHECK_STR(unit.socket.listen->next->text.text, "127.0.0.1:1");
	CHECK_INT(unit.socket.mode, 0600);
	CHECK_STR(unit.socket.service.text, "w.service");
	CHECK_STR(unit.socket.fd_name, "way");
	CHECK_INT(unit.socket.directory_mode, 0755);
}

TEST(an_empty_value_starts_a_list_anew)
{
	CHECK(parse("x.service", "[Unit]\nAfter=a.service\nWants=b.service\nAfter=\n" SERVICE
				 "ExecStart=\nExecStart=/bin/y\nEnvironment=A=1\nEnvironment=\n"
				 "StateDirectory=a\nStateDirectory=\n"));
	CHECK(unit.refs->next == NULL);
	CHECK_STR(unit.refs->name.text, "b.service");
	CHECK_STR(unit.service.exec_start.items[0], "/bin/y");
	CHECK_INT(unit.service.environment.count, 0);
	CHECK_INT(unit.service.state_directories.count, 0);
}

TEST(capability_sets_add_and_take_away)
{
	CHECK(parse("x.service", SERVICE "CapabilityBoundingSet=CAP_CHOWN\n"
					 "CapabilityBoundingSet=CAP_FOWNER CAP_KILL\n"));
	CHECK_INT(unit.service.capabilities, 1 | 1 << 3 | 1 << 5);
	CHECK(parse("x.service", SERVICE "CapabilityBoundingSet=~CAP_CHOWN CAP_KILL\n"));
	CHECK(unit.service.capabilities == (CAPABILITIES_ALL & ~(UINT64_C(1) | 1 << 5)));
}

TEST(a_sandbox)
{
	CHECK(parse("x.service",
		SERVICE "SystemCallFilter=@system-service\n"
			"SystemCallFilter=~@mount ptrace\n"
			"SystemCallErrorNumber=EPERM\nProtectSystem=strict\n"
			"ReadWritePaths=/a -/b\nPrivateTmp=true\n"
			"TemporaryFileSystem=/:ro\nBindReadOnlyPaths=/usr/lib:/lib\n"));
	const struct sandbox_config *sandbox = &unit.service.sandbox;
	CHECK_INT(sandbox->system_calls.count, 3);
	CHECK_STR(sandbox->system_calls.items[2], "~ptrace");
	CHECK_INT(sandbox->system_call_error, 1);
	CHECK_INT(sandbox->protect_system, PROTECT_STRICT);
	CHECK_STR(sandbox->read_write.items[1], "-/b");
	CHECK(sandbox->has_private_tmp);
	uint64_t id = unit_filter_id(sandbox);
	CHECK(id != 0);
	CHECK(parse("x.service", SERVICE "SystemCallFilter=@system-service ~@mount\n"));
	CHECK(unit_filter_id(&unit.service.sandbox) != id);
	CHECK(parse("x.service", SERVICE "ProtectSystem=on\n"));
	CHECK_INT(unit.service.sandbox.protect_system, PROTECT_YES);
	CHECK_INT(unit_filter_id(&unit.service.sandbox), 0);
}

TEST(limits_and_outputs)
{
	CHECK(parse("x.service",
		SERVICE "LimitNOFILE=1K\nLimitCORE=infinity\nLimitNOFILE=2:3\n"
			"MemoryMax=64M\nStandardOutput=append:/mnt/x.log\n"
			"WatchdogSec=2\nNotifyAccess=all\nCPUSchedulingPolicy=idle\n"));
	CHECK_INT(unit.service.limit_count, 2);
	CHECK_INT(unit.service.limits[0].soft, 2);
	CHECK(unit.service.limits[1].hard == UINT64_MAX);
	CHECK_INT(unit.service.memory_max, 64 << 20);
	CHECK_INT(unit.service.output, OUTPUT_APPEND);
	CHECK_STR(unit.service.output_path, "/mnt/x.log");
	CHECK_INT(unit.service.watchdog_usec, 2000000);
	CHECK_INT(unit.service.notify_access, NOTIFY_ALL);
	CHECK_INT(unit.service.cpu_policy, 5);
	CHECK_STR(fault(SERVICE "LimitNOFILE=3:2\n"),
		"3:13: LimitNOFILE=3 is not N, SOFT:HARD or infinity");
	CHECK_STR(fault(SERVICE "StandardOutput=file\n"),
		"3:16: StandardOutput=file is not journal, null, append:/PATH or truncate:/PATH");
	CHECK_STR(fault(SERVICE "ReadOnlyPaths=/a b\n"),
		"3:18: ReadOnlyPaths=b is not an absolute path");
}

TEST(every_fault_has_its_place)
{
	CHECK_STR(fault(SERVICE "Colour=red\n"), "3:1: unknown key Colour= in [Service]");
	CHECK_STR(fault("[Service]\nExecStart=/bin/x\n  Typ=notify\n"),
		"3:3: unknown key Typ= in [Service]");
	CHECK_STR(fault("[Install]\nWantedBy=x\n"), "1:2: unknown section [Install]");
	CHECK_STR(fault("[Socket]\nListenStream=/x\n"), "1:2: unknown section [Socket]");
	CHECK_STR(fault("Type=notify\n"), "1:1: a key before the first [Section]");
	CHECK_STR(fault("[Service\n"), "1:1: section header without ]");
	CHECK_STR(fault("[Service]\nExecStart\n"), "2:1: expected [Section] or Key=value");
	CHECK_STR(fault("[Service]\n=x\n"), "2:1: no key before the =");
	CHECK_STR(fault(SERVICE "Type = forking\n"), "3:8: Type=forking is not supported here");
	CHECK_STR(fault(SERVICE "RestartSec=soon\n"),
		"3:12: RestartSec=soon is not a time span such as 5s or 200ms");
	CHECK_STR(fault(SERVICE "Nice=20\n"), "3:6: Nice=20 is not a number from -20 to 19");
	CHECK_STR(fault(SERVICE "CapabilityBoundingSet=CAP_CHOWN CAP_X\n"),
		"3:33: CapabilityBoundingSet=CAP_X is not a capability");
	CHECK_STR(fault("[Unit]\nAfter=a.service \\\n  b\n" SERVICE),
		"3:3: After=b is not a service, socket or target");
	CHECK_STR(fault(SERVICE "StateDirectory=../x\n"),
		"3:16: StateDirectory=../x is not a relative path that stays inside");
	CHECK_STR(fault(SERVICE "ExecStart=/bin/y\n"),
		"3:11: a second ExecStart=, only one is supported");
	CHECK_STR(fault("[Service]\nExecStart=/bin/y 'z\n"), "2:18: quote without its end");
	CHECK_STR(fault(SERVICE "Environment=novalue\n"), "3:13: Environment= wants NAME=value");
	CHECK_STR(fault(SERVICE "User=a b\n"), "3:6: User=a b is not a user's or group's name");
}

TEST(what_no_line_is_to_blame_for)
{
	CHECK_STR(fault("[Unit]\n"), "1:1: no ExecStart= in [Service]");
	CHECK_STR(fault(SERVICE "Type=oneshot\nRestart=always\n"),
		"1:1: Type=oneshot cannot have Restart=always");
	CHECK_STR(fault(SERVICE "RestartSteps=3\n"),
		"1:1: RestartSteps= and RestartMaxDelaySec= need each other");
	CHECK(!parse("x.socket", "[Socket]\n"));
	CHECK_STR(diags.items[0].text, "no ListenStream= or ListenSequentialPacket= in [Socket]");
}

TEST(all_faults_are_told)
{
	CHECK(!parse("x.service", "[Unit]\nA=1\nB=2\n[Nope]\nC=3\n[Service]\nNice=x\n"));
	CHECK_INT(diags.count, 4);
}

TEST(bytes_that_are_no_text)
{
	CHECK(!parse_bytes("x.service", "[Service]\nNi\0ce=3\n", 18));
	CHECK_STR(diags.items[0].text, "a NUL byte");
	CHECK_STR(fault(SERVICE "WorkingDirectory=/a\x01\n"), "3:20: a control character");
}

TEST(files_that_end_early)
{
	CHECK_STR(fault("[Service]\nExecStart=/bin/x \\"), "2:18: unknown escape");
	CHECK(parse("x.service", "[Service]\r\nExecStart=/bin/x\r\n"));
	CHECK(parse("x.service", "[Service]\nExecStart=/bin/x \\\n#a"));
	CHECK_INT(unit.service.exec_start.count, 1);
}

TEST(names_of_units)
{
	enum unit_kind kind;
	CHECK(unit_kind_of("a.target", &kind) && kind == UNIT_TARGET);
	CHECK(!unit_kind_of(".service", &kind));
	CHECK(!unit_kind_of("a.timer", &kind));
	CHECK(!unit_kind_of("service", &kind));
}

TEST_MAIN()
