// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_WSL_RDP_CLIENT_H
#define SYSTEM_DISTRO_WSL_RDP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RDP_CLIENT_WORDS_MAX 12
#define RDP_CLIENT_TEXT_MAX 4096

/* Where Windows keeps what belongs to WSL, when WSL2_INSTALL_PATH does not say. */
#define RDP_CLIENT_DEFAULT_INSTALL_PATH "C:\\ProgramData\\Microsoft\\WSL"

/* What decides how the client on Windows is called. All texts are borrowed. */
struct rdp_client {
	const char *program; /* path in this system of msrdc.exe or mstsc.exe */
	const char *vm_id;
	const char *install_path; /* Windows path; NULL: WSL did not say */
	uint32_t vsock_port;
	bool is_private_plugin; /* WSLG_USE_WSLDVC_PRIVATE */
};

/* The command as NULL-terminated words, with the room for what they say. */
struct rdp_client_command {
	char *words[RDP_CLIENT_WORDS_MAX];
	char text[RDP_CLIENT_TEXT_MAX];
	size_t used;
};

/*
 * WSL's /init starts a Windows program when it is called with the program's path and its arguments.
 * The order counts: /wslg first, then /silent, then the rest, and an empty word stands for the
 * shared memory that we do not use. False when it is too long.
 */
bool rdp_client_command(const struct rdp_client *client, struct rdp_client_command *ret_command);

/* A WSLg switch: exactly true, false, 1 or 0; anything else, and NULL, is `otherwise`. */
bool rdp_client_switch(const char *value, bool otherwise);

#endif
