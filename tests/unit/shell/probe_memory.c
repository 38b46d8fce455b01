// SPDX-License-Identifier: MIT
#include "tests/unit/shell/probe_memory.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

bool memory_map(struct memory *memory, int fd, int32_t width, int32_t height)
{
	size_t size = (size_t)width * (size_t)height * 4;
	void *writable = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	void *pixels = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	if (writable != MAP_FAILED || ftruncate(fd, 0) == 0 || pixels == MAP_FAILED) {
		return false;
	}
	close(fd);
	*memory = (struct memory){pixels, size, width, height};
	return true;
}

void memory_release(struct memory *memory)
{
	if (memory->pixels != NULL) {
		munmap(memory->pixels, memory->size);
	}
	*memory = (struct memory){0};
}

bool memory_dump(const struct memory *memory, const char *path)
{
	FILE *file = fopen(path, "we");
	if (file == NULL) {
		return false;
	}
	fprintf(file, "P7\nWIDTH %d\nHEIGHT %d\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n",
		memory->width, memory->height);
	for (int32_t i = 0; i < memory->width * memory->height; i++) {
		uint32_t p = memory->pixels[i];
		uint8_t rgba[4] = {
			(uint8_t)(p >> 16), (uint8_t)(p >> 8), (uint8_t)p, (uint8_t)(p >> 24)};
		fwrite(rgba, 1, sizeof(rgba), file);
	}
	return fclose(file) == 0;
}
