// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_DIGEST_H
#define ROOTFS_MANIFEST_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/error.h"

#define DIGEST_SIZE 65 // sha256 in hexadecimal, terminated

struct evp_md_ctx_st;

/* A running sha256; digest_end gives it back and frees it. */
struct evp_md_ctx_st *digest_begin(void);
void digest_add(struct evp_md_ctx_st *digest, const void *data, size_t size);
void digest_end(struct evp_md_ctx_st *digest, char ret_hex[static DIGEST_SIZE]);

void digest_bytes(const void *data, size_t size, char ret_hex[static DIGEST_SIZE]);
bool digest_file(const char *path, char ret_hex[static DIGEST_SIZE], struct error *err);

#endif
