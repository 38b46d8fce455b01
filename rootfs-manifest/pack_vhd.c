// SPDX-License-Identifier: MIT
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rootfs-manifest/artefact.h"
#include "rootfs-manifest/pack_tar.h"
#include "rootfs-manifest/process.h"
#include "rootfs-manifest/vhd.h"

#define BLOCK 4096
#define INODE 256
#define SPARE_INODES 64
#define SPARE_BYTES (8 * 1024 * 1024)
#define SHORT_LINK 60 // fits into its inode

// ext4 without what only writing needs. 64bit and a checksum of the metadata cost nothing.
#define FEATURES                                                                                   \
	"none,filetype,sparse_super,large_file,huge_file,flex_bg,dir_nlink,dir_index,extent,"      \
	"extra_isize,64bit,metadata_csum"

static size_t blocks_of(const struct content *item)
{
	switch (item->kind) {
	case ENTRY_FOLDER:
		return 1;
	case ENTRY_LINK:
		return strlen(item->target) >= SHORT_LINK ? 1 : 0;
	case ENTRY_FILE:
		return (item->size + BLOCK - 1) / BLOCK;
	}
	return 0;
}

/* The file system is only ever read: as much as it needs, and a little. */
static uint64_t disk_size(const struct contents *contents)
{
	uint64_t size = SPARE_BYTES;
	for (size_t i = 0; i < contents->count; i++) {
		size += blocks_of(&contents->items[i]) * BLOCK;
	}
	size += (contents->count + SPARE_INODES) * INODE;
	size += size / 64;
	return (size + VHD_ALIGN - 1) / VHD_ALIGN * VHD_ALIGN;
}

/*
 * From a tar, so that owner, order and times are the ones we say. The machine's mke2fs.conf and
 * clock are kept out of it.
 */
static bool run_mke2fs(
	const struct artefact_source *source, const char *tar, const char *part, struct error *err)
{
	const char *uuid = source->work->manifest.pack.uuid;
	char extended[160], inodes[32], blocks[32];
	snprintf(extended, sizeof(extended),
		"hash_seed=%s,lazy_itable_init=0,root_owner=0:0,root_perms=0755,nodiscard", uuid);
	snprintf(inodes, sizeof(inodes), "%zu", source->contents->count + SPARE_INODES);
	snprintf(blocks, sizeof(blocks), "%llu",
		(unsigned long long)(disk_size(source->contents) / BLOCK));
	const char *const argv[] = {"env", "MKE2FS_CONFIG=/dev/null", "SOURCE_DATE_EPOCH=1",
		"E2FSPROGS_FAKE_TIME=1", "mke2fs", "-q", "-F", "-O", FEATURES, "-I", "256", "-b",
		"4096", "-m", "0", "-N", inodes, "-L", "sill", "-U", uuid, "-E", extended, "-d",
		tar, part, blocks, NULL};
	return process_run(argv, err);
}

static void id_from_hash(const char *hex, uint8_t ret_id[static 16])
{
	for (size_t i = 0; i < 16; i++) {
		const char digits[3] = {hex[2 * i], hex[2 * i + 1], '\0'};
		ret_id[i] = (uint8_t)strtoul(digits, NULL, 16);
	}
}

static bool append_footer(const char *part, uint64_t size, struct error *err)
{
	char sha256[DIGEST_SIZE];
	struct vhd_footer footer = {.size = size};
	uint8_t bytes[VHD_FOOTER_SIZE];
	if (!digest_file(part, sha256, err)) {
		return false;
	}
	// A disk with the same bytes is the same disk.
	id_from_hash(sha256, footer.id);
	vhd_footer_write(&footer, bytes);
	int fd = open(part, O_WRONLY | O_CLOEXEC);
	bool ok = fd >= 0 && pwrite(fd, bytes, sizeof(bytes), (off_t)size) == sizeof(bytes);
	if (fd >= 0) {
		ok = close(fd) == 0 && ok;
	}
	return ok || fail(err, "%s: %s", part, strerror(errno));
}

bool artefact_write_vhd(const struct artefact_source *source, const char *part,
	struct artefact_verity *ret_verity, struct error *err)
{
	(void)ret_verity;
	char *tar = mem_print("%s.tar", part);
	bool ok = tar_write(source->contents, source->work->tree_path, tar, err) &&
		  run_mke2fs(source, tar, part, err) &&
		  append_footer(part, disk_size(source->contents), err);
	unlink(tar);
	free(tar);
	return ok;
}
