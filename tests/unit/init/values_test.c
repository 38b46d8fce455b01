// SPDX-License-Identifier: MIT
#include "init/values.h"

#include <signal.h>

#include "init/address.h"
#include "tests/harness/test.h"

static long long usec(const char *text)
{
	uint64_t value;
	return value_timespan(text, &value) ? (long long)value : -2;
}

TEST(time_spans)
{
	CHECK_INT(usec("5"), 5000000);
	CHECK_INT(usec("5s"), 5000000);
	CHECK_INT(usec("200ms"), 200000);
	CHECK_INT(usec("1min 30s"), 90000000);
	CHECK_INT(usec("1min30"), 90000000);
	CHECK_INT(usec("1.5s"), 1500000);
	CHECK_INT(usec("0.000001"), 1);
	CHECK_INT(usec("2 h"), 7200000000);
	CHECK_INT(usec("0"), 0);
	CHECK_INT(usec("infinity"), (long long)USEC_INFINITY);
}

TEST(what_is_no_time_span)
{
	const char *const bad[] = {"", "s", "5x", "-1", "1.s", ".5", "5s;", "99999999", "1 2 z"};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		CHECK_INT(usec(bad[i]), -2);
	}
}

TEST(booleans)
{
	bool value = false;
	CHECK(value_bool("Yes", &value) && value);
	CHECK(value_bool("off", &value) && !value);
	CHECK(!value_bool("", &value));
	CHECK(!value_bool("maybe", &value));
}

TEST(numbers_have_bounds)
{
	long value = 7;
	CHECK(value_number("-20", -20, 19, &value) && value == -20);
	CHECK(!value_number("20", -20, 19, &value));
	CHECK(!value_number("1x", 0, 9, &value));
	CHECK(!value_number(" 1", 0, 9, &value));
	CHECK(!value_number("", 0, 9, &value));
	CHECK(!value_number("99999999999999999999", 0, 9, &value));
	CHECK_INT(value, -20);
}

TEST(modes_are_octal)
{
	unsigned mode;
	CHECK(value_mode("0666", &mode) && mode == 0666);
	CHECK(value_mode("1777", &mode) && mode == 01777);
	CHECK(!value_mode("0888", &mode));
	CHECK(!value_mode("77777", &mode));
	CHECK(!value_mode("", &mode));
}

TEST(signals)
{
	int number;
	CHECK(value_signal("SIGINT", &number) && number == SIGINT);
	CHECK(value_signal("QUIT", &number) && number == SIGQUIT);
	CHECK(value_signal("9", &number) && number == SIGKILL);
	CHECK(!value_signal("SIGNOPE", &number));
	CHECK(!value_signal("65", &number));
}

TEST(capabilities)
{
	uint64_t bit;
	CHECK(value_capability("CAP_CHOWN", &bit) && bit == 1);
	CHECK(value_capability("cap_sys_admin", &bit) && bit == 1 << 21);
	CHECK(value_capability("CAP_CHECKPOINT_RESTORE", &bit) && bit == UINT64_C(1) << 40);
	CHECK(!value_capability("CHOWN", &bit));
	CHECK(!value_capability("CAP_NOPE", &bit));
}

TEST(addresses)
{
	struct address address;
	CHECK(address_parse("/run/x", &address));
	CHECK_INT(address.any.sa_family, AF_UNIX);
	CHECK_STR(address.unix_path.sun_path, "/run/x");
	CHECK(address_parse("127.0.0.1:3389", &address));
	CHECK_INT(address.any.sa_family, AF_INET);
	CHECK_INT(address.ipv4.sin_port, htons(3389));
	CHECK(address_parse("[::1]:80", &address));
	CHECK_INT(address.any.sa_family, AF_INET6);
	CHECK_INT(address.ipv6.sin6_addr.s6_addr[15], 1);
	CHECK(address_parse("vsock:2:3389", &address));
	CHECK_INT(address.vsock.svm_cid, 2);
	CHECK(address_parse("vsock::3389", &address));
	CHECK(address.vsock.svm_cid == VMADDR_CID_ANY && address.vsock.svm_port == 3389);
	CHECK_INT(address.last_port, 0);
	CHECK(address_parse("vsock::1-1023", &address));
	CHECK(address.vsock.svm_port == 1 && address.last_port == 1023);
	CHECK(address_parse("3389", &address));
	CHECK_INT(address.any.sa_family, AF_INET6);
}

TEST(what_is_no_address)
{
	struct address address;
	char path[200];
	memset(path, 'a', sizeof(path));
	path[0] = '/';
	path[sizeof(path) - 1] = '\0';
	const char *const bad[] = {"", "x", "0", "65536", "127.0.0.1:", "127.0.0:1", "[::1]80",
		"[::1]", "[::1", "localhost:80", "@abstract", "vsock:1", "vsock:x:1", "vsock::9-8",
		"vsock::1-", "vsock::-3", "vsock::1-4294967295", path};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		CHECK(!address_parse(bad[i], &address));
	}
}

TEST_MAIN()
