// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_SEAL_H
#define ROOTFS_MANIFEST_SEAL_H

#include <stdbool.h>

#include "rootfs-manifest/error.h"

/*
 * ed25519 signatures of a file, beside it: FILE.sig, the 64 bytes that openssl-pkeyutl(1) knows,
 * and FILE.minisig, the same signature as minisign(1) wants it.
 */
#define SEAL_PUBLIC_SIZE 57 // minisign's text of a public key, terminated

/*
 * `key` is a private key in PEM, without a passphrase, as "openssl genpkey -algorithm ed25519"
 * writes it. Gives the public key back, as minisign -P takes it.
 */
bool seal_write(const char *path, const char *key, char ret_public[static SEAL_PUBLIC_SIZE],
	struct error *err);

/* `key` is a public key: PEM, or minisign's file. */
bool seal_check(const char *path, const char *key, struct error *err);

/* Removes signatures of what the file was before. */
void seal_remove(const char *path);

#endif
