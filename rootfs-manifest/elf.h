// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_ELF_H
#define ROOTFS_MANIFEST_ELF_H

#include <stdbool.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/strings.h"

/* What a program or library asks the dynamic linker for. */
struct elf {
	struct strings needed;
	char *runpath; // as written, or NULL
	char *interpreter; // or NULL
	int machine; // EM_*
};

/* False without an error's text when the file is no ELF file at all. */
bool elf_read(const char *path, struct elf *ret_elf, struct error *err);
void elf_finish(struct elf *elf);

#endif
