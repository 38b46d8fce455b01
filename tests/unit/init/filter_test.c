// SPDX-License-Identifier: MIT
#include "init/filters/program.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>

#include "tests/harness/test.h"

#define KILL SECCOMP_RET_KILL_PROCESS
#define REFUSAL (SECCOMP_RET_ERRNO | EPERM)
#define BAD_FAMILY (SECCOMP_RET_ERRNO | EAFNOSUPPORT)
#define X32_CALLS 0x40000000U

static struct program program;
static size_t longest; // way through a program, in instructions

/* What the kernel would answer: the instructions that there are here, read as it reads them. */
static uint32_t judge(const struct seccomp_data *data)
{
	uint32_t value = 0;
	size_t at = program.first;
	for (size_t steps = 1; at < CALL_FILTER_INSTRUCTIONS_MAX; steps++) {
		const struct sock_filter *it = &program.instructions[at++];
		longest = steps > longest ? steps : longest;
		switch (it->code) {
		case BPF_LD | BPF_W | BPF_ABS:
			memcpy(&value, (const char *)data + it->k, sizeof(value));
			break;
		case BPF_JMP | BPF_JA:
			at += it->k;
			break;
		case BPF_JMP | BPF_JEQ | BPF_K:
			at += value == it->k ? it->jt : it->jf;
			break;
		case BPF_JMP | BPF_JGE | BPF_K:
			at += value >= it->k ? it->jt : it->jf;
			break;
		case BPF_RET | BPF_K:
			return it->k;
		default:
			return 0;
		}
	}
	return 0;
}

static uint32_t judge_call(uint32_t number, uint64_t argument)
{
	const struct seccomp_data data = {
		.nr = (int)number, .arch = AUDIT_ARCH_X86_64, .args = {argument}};
	return judge(&data);
}

/* What the rules say themselves. */
static uint32_t expected(const struct filter_rules *rules, uint32_t number, uint32_t family)
{
	bool is_known = number < CALL_NUMBERS;
	if (number >= X32_CALLS) {
		return KILL;
	}
	if (!(is_known ? rules->is_allowed[number] : rules->allows_unknown)) {
		return rules->refusal;
	}
	if (number != SYS_socket || !rules->judges_sockets) {
		return SECCOMP_RET_ALLOW;
	}
	return family < FAMILIES_MAX && rules->has_family[family] ? SECCOMP_RET_ALLOW : BAD_FAMILY;
}

/* How many answers are not what the rules say. */
static size_t wrong_answers(const struct filter_rules *rules)
{
	size_t wrong = 0;
	for (uint32_t number = 0; number < CALL_NUMBERS + 8; number++) {
		wrong += judge_call(number, number) != expected(rules, number, number);
	}
	for (uint32_t family = 0; family < FAMILIES_MAX + 8; family++) {
		wrong += judge_call(SYS_socket, family) != expected(rules, SYS_socket, family);
	}
	for (uint32_t number = X32_CALLS - 1; number < X32_CALLS + 8; number++) {
		wrong += judge_call(number, 0) != expected(rules, number, 0);
	}
	return wrong;
}

static struct filter_rules rules_of(bool is_allowed)
{
	struct filter_rules rules = {
		.arch = AUDIT_ARCH_X86_64, .refusal = REFUSAL, .allows_unknown = is_allowed};
	memset(rules.is_allowed, is_allowed, sizeof(rules.is_allowed));
	return rules;
}

TEST(a_call_of_another_architecture_ends_the_process)
{
	const struct filter_rules rules = rules_of(true);
	struct seccomp_data data = {.nr = 0, .arch = AUDIT_ARCH_I386};
	CHECK(program_make(&rules, &program));
	CHECK_INT(judge(&data), KILL);
	data.arch = AUDIT_ARCH_X86_64;
	CHECK_INT(judge(&data), SECCOMP_RET_ALLOW);
}

TEST(what_fares_alike_is_one_range)
{
	struct filter_rules rules = rules_of(false);
	memset(rules.is_allowed, true, 100);
	CHECK(program_make(&rules, &program));
	CHECK_INT(wrong_answers(&rules), 0);
	// Two loads, the architecture, two branches, three ends.
	CHECK_INT(CALL_FILTER_INSTRUCTIONS_MAX - program.first, 8);
}

TEST(what_differs_everywhere_is_found_in_few_steps)
{
	struct filter_rules rules = rules_of(false);
	for (size_t i = 0; i < CALL_NUMBERS; i += 2) {
		rules.is_allowed[i] = true;
	}
	longest = 0;
	CHECK(program_make(&rules, &program));
	CHECK_INT(wrong_answers(&rules), 0);
	CHECK(longest < 20);
}

TEST(a_socket_is_judged_by_its_family)
{
	struct filter_rules rules = rules_of(true);
	rules.judges_sockets = true;
	rules.has_family[1] = true;
	CHECK(program_make(&rules, &program));
	CHECK_INT(judge_call(SYS_socket, 1), SECCOMP_RET_ALLOW);
	CHECK_INT(judge_call(SYS_socket, 2), BAD_FAMILY);
	CHECK_INT(judge_call(SYS_socket, UINT64_MAX), BAD_FAMILY);
	// The kernel does not look at the upper half.
	CHECK_INT(judge_call(SYS_socket, UINT64_C(1) << 32 | 2), BAD_FAMILY);
	CHECK_INT(wrong_answers(&rules), 0);
}

TEST(no_family_brings_back_a_forbidden_socket)
{
	struct filter_rules rules = rules_of(true);
	rules.is_allowed[SYS_socket] = false;
	rules.judges_sockets = true;
	rules.has_family[1] = true;
	CHECK(program_make(&rules, &program));
	CHECK_INT(judge_call(SYS_socket, 1), REFUSAL);
}

TEST(random_rules_are_kept_to)
{
	unsigned state = 1;
	for (int round = 0; round < 300; round++) {
		struct filter_rules rules = rules_of(round % 2);
		int runs = round % 60 + 1;
		rules.judges_sockets = round % 3 == 0;
		for (size_t i = 0; i < CALL_NUMBERS; i++) {
			state = state * 1103515245 + 12345;
			bool changes = (state >> 16) % (unsigned)runs == 0;
			rules.is_allowed[i] = changes != (i > 0 && rules.is_allowed[i - 1]);
			rules.has_family[i % FAMILIES_MAX] = (state >> 20) % 2;
		}
		CHECK(program_make(&rules, &program));
		CHECK_INT(wrong_answers(&rules), 0);
	}
}

TEST_MAIN()
