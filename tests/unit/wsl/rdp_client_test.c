// SPDX-License-Identifier: MIT
#include "system-distro/wsl/rdp_client.h"

#include "tests/harness/test.h"

static struct rdp_client msrdc(void)
{
	return (struct rdp_client){
		.program = "/mnt/c/Program Files/WSL/msrdc.exe",
		.vm_id = "EAD3A2C0-0000-4000-8000-000000000001",
		.install_path = "C:\\Program Files\\WSL",
		.vsock_port = 50,
	};
}

TEST(words_are_those_that_windows_expects)
{
	static const char *const expected[] = {
		"/init",
		"/mnt/c/Program Files/WSL/msrdc.exe",
		"msrdc.exe",
		"/wslg",
		"/silent",
		"/v:EAD3A2C0-0000-4000-8000-000000000001",
		"/hvsocketserviceid:00000032-FACB-11E6-BD58-64006A7986D3",
		"/plugin:WSLDVC_PACKAGE",
		"",
		"C:\\Program Files\\WSL\\wslg.rdp",
	};
	struct rdp_client client = msrdc();
	struct rdp_client_command command;
	CHECK(rdp_client_command(&client, &command));
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
		CHECK_STR(command.words[i], expected[i]);
	}
	CHECK(command.words[sizeof(expected) / sizeof(expected[0])] == NULL);
}

TEST(without_a_package_the_plugin_is_another)
{
	struct rdp_client client = msrdc();
	struct rdp_client_command command;
	client.install_path = NULL;
	CHECK(rdp_client_command(&client, &command));
	CHECK_STR(command.words[7], "/plugin:WSLDVC");
	CHECK_STR(command.words[9], "C:\\ProgramData\\Microsoft\\WSL\\wslg.rdp");
	client.is_private_plugin = true;
	CHECK(rdp_client_command(&client, &command));
	CHECK_STR(command.words[7], "/plugin:WSLDVC_PRIVATE");
}

TEST(a_path_without_end_is_refused)
{
	char path[RDP_CLIENT_TEXT_MAX];
	struct rdp_client client = msrdc();
	struct rdp_client_command command;
	memset(path, 'x', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	client.install_path = path;
	CHECK(!rdp_client_command(&client, &command));
	client = msrdc();
	client.program = path;
	CHECK(!rdp_client_command(&client, &command));
}

TEST(a_switch_has_four_words)
{
	CHECK(rdp_client_switch("true", false) && rdp_client_switch("1", false));
	CHECK(!rdp_client_switch("false", true) && !rdp_client_switch("0", true));
	CHECK(rdp_client_switch("True", true) && !rdp_client_switch("yes", false));
	CHECK(rdp_client_switch(NULL, true) && !rdp_client_switch("", false));
}

TEST_MAIN()
