// SPDX-License-Identifier: MIT
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/unpack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char outside[] = "/tmp/sill-fuzz-XXXXXX";

static void clean_up(void)
{
	struct error ignored;
	disk_remove(outside, &ignored);
}

/* A folder to unpack into, inside one that nothing may get into. */
static void enter(void)
{
	static bool is_made;
	if (!is_made && mkdtemp(outside) == NULL) {
		abort();
	}
	if (!is_made) {
		is_made = true;
		atexit(clean_up);
	}
	struct error err;
	char *inside = mem_print("%s/inside", outside);
	if (!disk_remove(inside, &err) || !disk_make_dirs(inside, &err) || chdir(inside) < 0) {
		abort();
	}
	free(inside);
}

static void check_outside(void)
{
	DIR *folder = opendir(outside);
	struct dirent *entry;
	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		if (entry->d_name[0] != '.' && strcmp(entry->d_name, "inside") != 0) {
			abort();
		}
	}
	closedir(folder);
}

/* A package, .deb or .rpm: whatever is in it stays in the folder that it is unpacked to. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = {0};
	struct package package = {.name = "fuzz"};
	int fd = memfd_create("package", MFD_CLOEXEC);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size) {
		abort();
	}
	enter();
	char path[64];
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (!unpack_file(&package, path, &err) && strncmp(err.text, "package fuzz: ", 14) != 0) {
		abort();
	}
	close(fd);
	check_outside();
	return 0;
}
