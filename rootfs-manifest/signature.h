// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_SIGNATURE_H
#define ROOTFS_MANIFEST_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/memory.h"

#define KEYRING_SIZE_MAX (4 * 1024 * 1024)

/* Signatures of repositories, checked by gpgv(1). A keyring may be in ASCII armour. */
struct signature {
	const char *keyring;
	const char *scratch; // names of what is only there meanwhile start with this
};

/* Writes to `plain_path` what a file's inline signature covers, and nothing that stands around it.
 */
bool signature_open(const struct signature *signature, const char *signed_path,
	const char *plain_path, struct error *err);

/* Whether the signature is one of the file. */
bool signature_check(const struct signature *signature, const char *signature_path,
	const char *path, struct error *err);

/* Takes an OpenPGP block out of its armour (RFC 9580, section 6). False if it is none. */
bool signature_dearmour(const char *text, size_t size, struct buffer *ret_data);

#endif
