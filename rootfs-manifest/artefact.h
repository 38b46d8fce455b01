// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_ARTEFACT_H
#define ROOTFS_MANIFEST_ARTEFACT_H

#include <stdbool.h>
#include <stdint.h>

#include "rootfs-manifest/contents.h"
#include "rootfs-manifest/digest.h"
#include "rootfs-manifest/error.h"
#include "rootfs-manifest/work.h"

/* What every writer of an image is given. */
struct artefact_source {
	const struct work *work;
	const struct contents *contents;
};

/* The hash tree behind an image, when it has one. */
struct artefact_verity {
	uint64_t data_blocks; // 0: none
	char root[DIGEST_SIZE];
};

/*
 * The writers: each writes one file, or for OCI a folder, named `part`. Nothing but the contents
 * and the manifest decides its bytes: no time, owner, umask or order of this machine does.
 */
bool artefact_write_erofs(const struct artefact_source *source, const char *part,
	struct artefact_verity *ret_verity, struct error *err);
bool artefact_write_tar(const struct artefact_source *source, const char *part,
	struct artefact_verity *ret_verity, struct error *err);
bool artefact_write_squashfs(const struct artefact_source *source, const char *part,
	struct artefact_verity *ret_verity, struct error *err);
bool artefact_write_vhd(const struct artefact_source *source, const char *part,
	struct artefact_verity *ret_verity, struct error *err);
bool artefact_write_oci(const struct artefact_source *source, const char *part,
	struct artefact_verity *ret_verity, struct error *err);
/* Of a tree with a kernel in it: all but that, with modules decompressed, and the kernel itself. */
bool artefact_write_initramfs(const struct artefact_source *source, const char *part,
	struct artefact_verity *ret_verity, struct error *err);
bool artefact_write_kernel(const struct artefact_source *source, const char *part,
	struct artefact_verity *ret_verity, struct error *err);

/* One of the formats that an image can be packed in. */
struct artefact_format {
	const char *name; // also the file name's extension
	bool (*write)(const struct artefact_source *source, const char *part,
		struct artefact_verity *ret_verity, struct error *err);
};

extern const struct artefact_format artefact_formats[];
extern const size_t artefact_format_count;

const struct artefact_format *artefact_format_find(const char *name, size_t size);

#endif
