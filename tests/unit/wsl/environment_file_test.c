// SPDX-License-Identifier: MIT
#include "system-distro/wsl/environment_file.h"

#include "tests/harness/test.h"

TEST(values_are_quoted)
{
	char line[ENVIRONMENT_LINE_MAX];
	CHECK(environment_line("WSL2_INSTALL_PATH", "C:\\Program Files\\WSL", line, sizeof(line)));
	CHECK_STR(line, "WSL2_INSTALL_PATH=\"C:\\\\Program Files\\\\WSL\"\n");
	CHECK(environment_line("_a1", "\"$HOME\" `x` é", line, sizeof(line)));
	CHECK_STR(line, "_a1=\"\\\"\\$HOME\\\" \\`x\\` é\"\n");
	CHECK(environment_line("EMPTY", "", line, sizeof(line)));
	CHECK_STR(line, "EMPTY=\"\"\n");
}

TEST(what_would_be_another_line_is_refused)
{
	char line[ENVIRONMENT_LINE_MAX];
	CHECK(!environment_line("A", "x\nB=y", line, sizeof(line)));
	CHECK(!environment_line("A", "x\ry", line, sizeof(line)));
	CHECK(!environment_line("", "x", line, sizeof(line)));
	CHECK(!environment_line("1A", "x", line, sizeof(line)));
	CHECK(!environment_line("A B", "x", line, sizeof(line)));
}

TEST(a_line_fits_or_is_refused)
{
	char line[16];
	for (size_t length = 0; length < 20; length++) {
		char value[21] = {0};
		memset(value, '$', length);
		memset(line, 'z', sizeof(line));
		bool fits = environment_line("A", value, line, sizeof(line));
		CHECK(!fits || strlen(line) == 5 + 2 * length);
		CHECK(fits == (length <= 5));
	}
}

TEST(wsl_and_its_parts_are_wanted)
{
	CHECK(environment_is_wanted("WSL2_VM_ID") && environment_is_wanted("WSLG_USE_MSTSC"));
	CHECK(environment_is_wanted("WLOG_APPENDER") && environment_is_wanted("WSL_INTEROP"));
	CHECK(!environment_is_wanted("XDG_RUNTIME_DIR") && !environment_is_wanted("PATH"));
	CHECK(!environment_is_wanted("WSL") && !environment_is_wanted("DISPLAY"));
}

TEST_MAIN()
