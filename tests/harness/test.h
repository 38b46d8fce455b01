// SPDX-License-Identifier: MIT
#ifndef TESTS_HARNESS_TEST_H
#define TESTS_HARNESS_TEST_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The unit tests' harness: TEST(name) { ... } registers a test, TEST_MAIN() runs them in order and
 * prints TAP. A failed CHECK ends its test, not the program.
 */

#define TEST_LIMIT 256

typedef void (*test_fn)(bool *test_failed);

struct test_case {
	const char *name;
	test_fn run;
};

static struct test_case test_cases[TEST_LIMIT];
static size_t test_count;

#define TEST(name)                                                                                 \
	static void test_##name(bool *test_failed);                                                \
	__attribute__((constructor)) static void test_register_##name(void)                        \
	{                                                                                          \
		if (test_count == TEST_LIMIT) {                                                    \
			abort();                                                                   \
		}                                                                                  \
		test_cases[test_count++] = (struct test_case){#name, test_##name};                 \
	}                                                                                          \
	static void test_##name(bool *test_failed)

#define CHECK(cond)                                                                                \
	do {                                                                                       \
		if (!(cond)) {                                                                     \
			printf("# %s:%d: CHECK(%s)\n", __FILE__, __LINE__, #cond);                 \
			*test_failed = true;                                                       \
			return;                                                                    \
		}                                                                                  \
	} while (0)

#define CHECK_INT(got, want)                                                                       \
	do {                                                                                       \
		long long test_got = (got), test_want = (want);                                    \
		if (test_got != test_want) {                                                       \
			printf("# %s:%d: %s is %lld, not %lld\n", __FILE__, __LINE__, #got,        \
				test_got, test_want);                                              \
			*test_failed = true;                                                       \
			return;                                                                    \
		}                                                                                  \
	} while (0)

#define CHECK_STR(got, want)                                                                       \
	do {                                                                                       \
		const char *test_got = (got), *test_want = (want);                                 \
		if (test_got == NULL || strcmp(test_got, test_want) != 0) {                        \
			printf("# %s:%d: %s is \"%s\", not \"%s\"\n", __FILE__, __LINE__, #got,    \
				test_got != NULL ? test_got : "(null)", test_want);                \
			*test_failed = true;                                                       \
			return;                                                                    \
		}                                                                                  \
	} while (0)

#define TEST_MAIN()                                                                                \
	int main(void)                                                                             \
	{                                                                                          \
		int failures = 0;                                                                  \
		printf("1..%zu\n", test_count);                                                    \
		for (size_t i = 0; i < test_count; i++) {                                          \
			bool failed = false;                                                       \
			test_cases[i].run(&failed);                                                \
			failures += failed;                                                        \
			printf("%sok %zu - %s\n", failed ? "not " : "", i + 1,                     \
				test_cases[i].name);                                               \
			fflush(stdout);                                                            \
		}                                                                                  \
		return failures != 0;                                                              \
	}

#endif
