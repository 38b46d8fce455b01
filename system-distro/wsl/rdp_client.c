// SPDX-License-Identifier: MIT
#include "system-distro/wsl/rdp_client.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 3, 4))) static bool add(
	struct rdp_client_command *command, size_t *count, const char *format, ...)
{
	char *word = command->text + command->used;
	size_t room = sizeof(command->text) - command->used;
	va_list values;
	va_start(values, format);
	int length = vsnprintf(word, room, format, values);
	va_end(values);
	if (length < 0 || (size_t)length >= room || *count + 1 >= RDP_CLIENT_WORDS_MAX) {
		return false;
	}
	command->used += (size_t)length + 1;
	command->words[(*count)++] = word;
	return true;
}

static const char *plugin(const struct rdp_client *client)
{
	if (client->is_private_plugin) {
		return "WSLDVC_PRIVATE";
	}
	return client->install_path != NULL ? "WSLDVC_PACKAGE" : "WSLDVC";
}

bool rdp_client_command(const struct rdp_client *client, struct rdp_client_command *ret_command)
{
	const char *slash = strrchr(client->program, '/');
	const char *install_path = client->install_path != NULL ? client->install_path
								: RDP_CLIENT_DEFAULT_INSTALL_PATH;
	size_t count = 0;
	*ret_command = (struct rdp_client_command){0};
	return add(ret_command, &count, "/init") &&
	       add(ret_command, &count, "%s", client->program) &&
	       add(ret_command, &count, "%s", slash != NULL ? slash + 1 : client->program) &&
	       add(ret_command, &count, "/wslg") && add(ret_command, &count, "/silent") &&
	       add(ret_command, &count, "/v:%s", client->vm_id) &&
	       add(ret_command, &count, "/hvsocketserviceid:%08X-FACB-11E6-BD58-64006A7986D3",
		       client->vsock_port) &&
	       add(ret_command, &count, "/plugin:%s", plugin(client)) &&
	       add(ret_command, &count, "%s", "") &&
	       add(ret_command, &count, "%s\\wslg.rdp", install_path);
}

bool rdp_client_switch(const char *value, bool otherwise)
{
	if (value == NULL) {
		return otherwise;
	}
	if (strcmp(value, "true") == 0 || strcmp(value, "1") == 0) {
		return true;
	}
	if (strcmp(value, "false") == 0 || strcmp(value, "0") == 0) {
		return false;
	}
	return otherwise;
}
