// SPDX-License-Identifier: MIT
#include "rootfs-manifest/elf.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rootfs-manifest/memory.h"

static void read_interpreter(int fd, const GElf_Phdr *header, struct elf *elf)
{
	char text[PATH_MAX];
	if (header->p_filesz == 0 || header->p_filesz > sizeof(text)) {
		return;
	}
	ssize_t size = pread(fd, text, header->p_filesz, (off_t)header->p_offset);
	if (size > 0 && text[size - 1] == '\0' && elf->interpreter == NULL) {
		elf->interpreter = mem_copy(text);
	}
}

static void read_dynamic(Elf *file, Elf_Scn *section, const GElf_Shdr *header, struct elf *elf)
{
	Elf_Data *data = elf_getdata(section, NULL);
	size_t count = header->sh_entsize != 0 ? header->sh_size / header->sh_entsize : 0;
	for (size_t i = 0; data != NULL && i < count && i < INT_MAX; i++) {
		GElf_Dyn entry;
		if (gelf_getdyn(data, (int)i, &entry) == NULL || entry.d_tag == DT_NULL) {
			break;
		}
		if (entry.d_tag != DT_NEEDED && entry.d_tag != DT_RUNPATH &&
			entry.d_tag != DT_RPATH) {
			continue;
		}
		const char *text = elf_strptr(file, header->sh_link, entry.d_un.d_val);
		if (text == NULL) {
			continue;
		}
		if (entry.d_tag == DT_NEEDED) {
			strings_add(&elf->needed, text);
		} else if (elf->runpath == NULL) {
			elf->runpath = mem_copy(text);
		}
	}
}

static void read_file(int fd, Elf *file, struct elf *elf)
{
	GElf_Ehdr header;
	size_t segments = 0;
	if (gelf_getehdr(file, &header) == NULL) {
		return;
	}
	elf->machine = header.e_machine;
	elf_getphdrnum(file, &segments);
	for (size_t i = 0; i < segments; i++) {
		GElf_Phdr segment;
		if (gelf_getphdr(file, (int)i, &segment) != NULL && segment.p_type == PT_INTERP) {
			read_interpreter(fd, &segment, elf);
		}
	}
	Elf_Scn *section = NULL;
	while ((section = elf_nextscn(file, section)) != NULL) {
		GElf_Shdr it;
		if (gelf_getshdr(section, &it) != NULL && it.sh_type == SHT_DYNAMIC) {
			read_dynamic(file, section, &it, elf);
		}
	}
}

bool elf_read(const char *path, struct elf *ret_elf, struct error *err)
{
	elf_version(EV_CURRENT);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return fail(err, "%s: %s", path, strerror(errno));
	}
	Elf *file = elf_begin(fd, ELF_C_READ_MMAP, NULL);
	bool ok = file != NULL && elf_kind(file) == ELF_K_ELF;
	if (ok) {
		*ret_elf = (struct elf){0};
		read_file(fd, file, ret_elf);
	}
	elf_end(file);
	close(fd);
	return ok;
}

void elf_finish(struct elf *elf)
{
	strings_finish(&elf->needed);
	free(elf->runpath);
	free(elf->interpreter);
	*elf = (struct elf){0};
}
