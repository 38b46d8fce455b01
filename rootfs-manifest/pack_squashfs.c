// SPDX-License-Identifier: MIT
#include "rootfs-manifest/artefact.h"
#include "rootfs-manifest/process.h"

/* Its own options for times and SOURCE_DATE_EPOCH exclude each other. */
bool artefact_write_squashfs(const struct artefact_source *source, const char *part,
	struct artefact_verity *ret_verity, struct error *err)
{
	(void)ret_verity;
	const char *const argv[] = {"env", "-u", "SOURCE_DATE_EPOCH", "mksquashfs",
		source->work->tree_path, part, "-quiet", "-no-progress", "-noappend", "-all-root",
		"-no-xattrs", "-mkfs-time", "0", "-all-time", "0", "-comp", "zstd",
		"-Xcompression-level", "15", "-b", "256K", "-no-exports", NULL};
	return process_run(argv, err);
}
