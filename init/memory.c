// SPDX-License-Identifier: MIT
#include "init/memory.h"

#include <link.h>
#include <stdint.h>
#include <sys/mman.h>

/*
 * A fault maps the pages around it, too, 64 KiB of them, but only inside of one mapping: advice
 * that changes from piece to piece makes the program's one mapping many.
 */
#define PIECE_SIZE 4096
#define PAGE_BYTES 4096
#define PAGE_OF(address) ((address) & ~(uintptr_t)(PAGE_BYTES - 1))

#define STACK_SLACK 512 // what may be in use below the frame that we are in
#define STACK_DEPTH 65536 // deeper than starting goes

extern const char __ehdr_start[];

void *memory_borrow(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return memory == MAP_FAILED ? NULL : memory;
}

void memory_return(void *memory, size_t size)
{
	(void)munmap(memory, size);
}

static void give_back_image(char *start, char *end)
{
	for (char *piece = start; piece < end; piece += 2 * PIECE_SIZE) {
		(void)madvise(piece, PIECE_SIZE, MADV_RANDOM);
	}
	(void)madvise(start, (size_t)(end - start), MADV_DONTNEED);
}

void memory_give_back(void)
{
	const ElfW(Ehdr) *image = (const void *)__ehdr_start;
	const ElfW(Phdr) *header = (const void *)((const char *)image + image->e_phoff);
	uintptr_t bias = image->e_type == ET_DYN ? (uintptr_t)image : 0;
	uintptr_t start = 0, end = 0;
	/* All but what is writable, which is not the file's any more. */
	for (int i = 0; i < image->e_phnum; i++) {
		if (header[i].p_type == PT_LOAD && !(header[i].p_flags & PF_W)) {
			start = start == 0 ? bias + header[i].p_vaddr : start;
			end = bias + header[i].p_vaddr + header[i].p_memsz;
		}
	}
	uintptr_t top = PAGE_OF((uintptr_t)__builtin_frame_address(0) - STACK_SLACK);
	(void)madvise((void *)(top - STACK_DEPTH), STACK_DEPTH, MADV_DONTNEED);
	give_back_image((char *)PAGE_OF(start), (char *)PAGE_OF(end));
}
