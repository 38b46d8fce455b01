// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_IMAGE_FILE_H
#define ROOTFS_MANIFEST_IMAGE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/vhd.h"

enum image_kind {
	IMAGE_TREE, // a folder that is the root
	IMAGE_OCI, // a folder in OCI's layout
	IMAGE_EROFS,
	IMAGE_SQUASHFS,
	IMAGE_TAR,
	IMAGE_VHD, // a footer at the end, whatever it says
	IMAGE_UNKNOWN,
};

/* What a file or folder is, by its first and last bytes. */
bool image_kind(const char *path, enum image_kind *ret_kind, struct error *err);
const char *image_kind_name(enum image_kind kind);

/* NULL, or what is wrong with the VHD: its footer, or that it holds no ext4 over the whole disk. */
const char *image_vhd_problem(const char *path);

/* The name of a file that lies beside an image: IMAGE is DIR/NAME.ARCH.EXT; to be freed. */
char *image_beside(const char *image, const char *extension);

/*
 * An image as a folder: unpacked to a place of its own below TMPDIR, or the folder itself. The
 * programs that do it are the formats' own, and know no more of it than what they unpack.
 */
struct image_folder {
	char *path;
	char *scratch; // to be removed, or NULL
	bool owners; // whether owners are the image's: they are when root unpacks
};

bool image_open(const char *image, enum image_kind kind, struct image_folder *ret_folder,
	struct error *err);
void image_close(struct image_folder *folder);

#endif
