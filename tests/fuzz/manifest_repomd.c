// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdlib.h>

#include "rootfs-manifest/repomd.h"
#include "rootfs-manifest/rules.h"
#include "rootfs-manifest/signature.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A repomd.xml, and the same bytes as a keyring in its armour. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *path = NULL;
	char sha256[DIGEST_SIZE];
	struct error err;
	struct buffer binary;
	if (repomd_find_primary((const char *)data, size, &path, sha256, &err) &&
		(rule_url_path(path) != NULL || rule_sha256(sha256) != NULL)) {
		abort();
	}
	free(path);
	if (signature_dearmour((const char *)data, size, &binary) && binary.size > size) {
		abort();
	}
	buffer_finish(&binary);
	return 0;
}
