// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_RECEIPT_H
#define ROOTFS_MANIFEST_RECEIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rootfs-manifest/digest.h"
#include "rootfs-manifest/error.h"
#include "rootfs-manifest/memory.h"

#define RECEIPT_FORMAT 1
#define RECEIPT_SIZE_MAX (1024 * 1024)
#define RECEIPT_ARTEFACTS_MAX 64

/* One file that was made. Of an OCI layout the hash and size are its index.json's, which has the
 * hashes of all the rest. */
struct receipt_artefact {
	char *file; // its name, in the receipt's folder
	char *format;
	char sha256[DIGEST_SIZE];
	long size;
	uint64_t data_blocks; // of what the hash tree is about; 0: no tree
	char root_hash[DIGEST_SIZE];
};

/*
 * What a build made, by hash. It is the one file that is signed: who trusts it can check all the
 * others.
 */
struct receipt {
	char *name;
	char *arch;
	struct receipt_artefact *artefacts;
	size_t count;
};

/* Takes the texts over. */
void receipt_add(struct receipt *receipt, struct receipt_artefact artefact);
const struct receipt_artefact *receipt_find(const struct receipt *receipt, const char *file);

void receipt_write(const struct receipt *receipt, struct buffer *out);
bool receipt_parse(const char *file, const char *text, size_t size, struct receipt *ret_receipt,
	struct error *err);
bool receipt_read(const char *path, struct receipt *ret_receipt, struct error *err);
void receipt_finish(struct receipt *receipt);

#endif
