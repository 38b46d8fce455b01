// SPDX-License-Identifier: MIT
#include "rootfs-manifest/artefact.h"

#include <string.h>

const struct artefact_format artefact_formats[] = {
	{"erofs", artefact_write_erofs},
	{"initramfs", artefact_write_initramfs},
	{"kernel", artefact_write_kernel},
	{"oci", artefact_write_oci},
	{"squashfs", artefact_write_squashfs},
	{"tar", artefact_write_tar},
	{"vhd", artefact_write_vhd},
};
const size_t artefact_format_count = sizeof(artefact_formats) / sizeof(artefact_formats[0]);

const struct artefact_format *artefact_format_find(const char *name, size_t size)
{
	for (size_t i = 0; i < artefact_format_count; i++) {
		const char *known = artefact_formats[i].name;
		if (strlen(known) == size && memcmp(known, name, size) == 0) {
			return &artefact_formats[i];
		}
	}
	return NULL;
}
