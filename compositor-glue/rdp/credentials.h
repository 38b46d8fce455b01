// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_CREDENTIALS_H
#define COMPOSITOR_GLUE_RDP_CREDENTIALS_H

#include <stdbool.h>

#define CREDENTIALS_PASSWORD_LENGTH 20 /* of 32 letters: 100 bits */
#define CREDENTIALS_FILE_LIMIT 16384

/* What proves the server to the client, and the client to the server. */
struct credentials {
	char *key_pem;
	char *certificate_pem;
	char *password;
};

/*
 * Loads key.pem, cert.pem and password from the state directory and writes fingerprint there; makes
 * what is missing. 0, or -1 with the error logged.
 */
int credentials_init(struct credentials *credentials, const char *directory);
void credentials_finish(struct credentials *credentials);

/* In a time that does not depend on where the strings differ. The given one may be NULL. */
bool credentials_match(const struct credentials *credentials, const char *password);

#endif
