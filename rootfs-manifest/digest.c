// SPDX-License-Identifier: MIT
#include "rootfs-manifest/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

EVP_MD_CTX *digest_begin(void)
{
	EVP_MD_CTX *digest = EVP_MD_CTX_new();
	if (digest == NULL || EVP_DigestInit_ex(digest, EVP_sha256(), NULL) != 1) {
		fputs("sill: the crypto library has no sha256\n", stderr);
		abort();
	}
	return digest;
}

void digest_add(EVP_MD_CTX *digest, const void *data, size_t size)
{
	EVP_DigestUpdate(digest, data, size);
}

void digest_end(EVP_MD_CTX *digest, char ret_hex[static DIGEST_SIZE])
{
	unsigned char raw[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	EVP_DigestFinal_ex(digest, raw, &size);
	EVP_MD_CTX_free(digest);
	for (size_t i = 0; i < (DIGEST_SIZE - 1) / 2; i++) {
		snprintf(ret_hex + 2 * i, 3, "%02x", raw[i]);
	}
}

void digest_bytes(const void *data, size_t size, char ret_hex[static DIGEST_SIZE])
{
	EVP_MD_CTX *digest = digest_begin();
	digest_add(digest, data, size);
	digest_end(digest, ret_hex);
}

bool digest_file(const char *path, char ret_hex[static DIGEST_SIZE], struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return fail(err, "%s: %s", path, strerror(errno));
	}
	EVP_MD_CTX *digest = digest_begin();
	static char block[65536];
	ssize_t size;
	while ((size = read(fd, block, sizeof(block))) > 0) {
		digest_add(digest, block, (size_t)size);
	}
	int reason = errno;
	close(fd);
	digest_end(digest, ret_hex);
	return size == 0 || fail(err, "%s: %s", path, strerror(reason));
}
