// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_VERIFY_H
#define ROOTFS_MANIFEST_VERIFY_H

#include <stdbool.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/findings.h"

/* What is to be checked, and against what. NULL where it was not given. */
struct verify_request {
	const char *image; // a file, an OCI layout or a tree
	const char *receipt; // if it is not the one beside the image
	const char *key; // public key that must have signed the receipt
	const char *lock;
	const char *live; // where the image is mounted: looked at in place of unpacking it
	bool wsl; // also whether WSL can use it
};

/* False only where nothing could be checked at all. */
bool verify(const struct verify_request *request, struct findings *findings, struct error *err);

#endif
