// SPDX-License-Identifier: MIT
/* Gives each file named on the command line to a fuzz target, where there is no libFuzzer to. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define INPUT_MAX (1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In memory of just its size, so that the sanitizers see a read behind its end. */
static int replay(const char *path)
{
	static uint8_t input[INPUT_MAX];
	FILE *file = fopen(path, "rbe");
	if (file == NULL) {
		perror(path);
		return 1;
	}
	size_t size = fread(input, 1, sizeof(input), file);
	fclose(file);
	uint8_t *data = malloc(size > 0 ? size : 1);
	if (data == NULL) {
		perror(path);
		return 1;
	}
	for (size_t i = 0; i < size; i++) {
		data[i] = input[i];
	}
	(void)LLVMFuzzerTestOneInput(data, size);
	free(data);
	return 0;
}

int main(int argc, char **argv)
{
	int failures = 0;
	for (int i = 1; i < argc; i++) {
		failures += replay(argv[i]);
	}
	printf("%d inputs replayed\n", argc - 1 - failures);
	return failures != 0;
}
