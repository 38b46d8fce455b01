// SPDX-License-Identifier: MIT
#include "init/filters/program.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>

#define JUMP_MAX 255 // of a branch; a plain jump goes anywhere
#define SPANS_MAX (CALL_NUMBERS + 2)
#define X32_CALLS 0x40000000U // on x86-64 the numbers of a second interface
#define VERDICT_SOCKET UINT32_MAX // no SECCOMP_RET_*: it is up to the family

/* Values from `first` up to the next one's. */
struct span {
	uint32_t first, verdict;
};

struct spans {
	struct span items[SPANS_MAX];
	size_t count;
};

static void add_span(struct spans *spans, uint32_t first, uint32_t verdict)
{
	if (spans->count == 0 || spans->items[spans->count - 1].verdict != verdict) {
		spans->items[spans->count++] = (struct span){first, verdict};
	}
}

static void spans_of_calls(const struct filter_rules *rules, struct spans *spans)
{
	*spans = (struct spans){.count = 0};
	for (uint32_t number = 0; number < CALL_NUMBERS; number++) {
		uint32_t verdict = rules->is_allowed[number] ? SECCOMP_RET_ALLOW : rules->refusal;
		bool is_judged =
			number == SYS_socket && rules->judges_sockets && rules->is_allowed[number];
		add_span(spans, number, is_judged ? VERDICT_SOCKET : verdict);
	}
	add_span(spans, CALL_NUMBERS, rules->allows_unknown ? SECCOMP_RET_ALLOW : rules->refusal);
	if (rules->arch == AUDIT_ARCH_X86_64) {
		add_span(spans, X32_CALLS, SECCOMP_RET_KILL_PROCESS);
	}
}

static void spans_of_families(const struct filter_rules *rules, struct spans *spans)
{
	const uint32_t refusal = SECCOMP_RET_ERRNO | EAFNOSUPPORT;
	*spans = (struct spans){.count = 0};
	for (uint32_t family = 0; family < FAMILIES_MAX; family++) {
		add_span(spans, family, rules->has_family[family] ? SECCOMP_RET_ALLOW : refusal);
	}
	add_span(spans, FAMILIES_MAX, refusal);
}

/* In front of what is there. The last place is never used up: who finds it so knows. */
static size_t put(struct program *program, struct sock_filter instruction)
{
	if (program->first > 0) {
		program->first--;
	}
	program->instructions[program->first] = instruction;
	return program->first;
}

/* An instruction that ends it like this and can be reached from here. */
static size_t put_verdict(struct program *program, uint32_t verdict)
{
	const struct sock_filter end = BPF_STMT(BPF_RET | BPF_K, verdict);
	for (size_t i = program->first;
		i < CALL_FILTER_INSTRUCTIONS_MAX && i < program->first + JUMP_MAX; i++) {
		if (program->instructions[i].code == end.code &&
			program->instructions[i].k == verdict) {
			return i;
		}
	}
	return put(program, end);
}

/* `target`, or a jump to it: where a branch that stands behind at most one more can go. */
static size_t put_near(struct program *program, size_t target)
{
	size_t distance = target - program->first;
	return distance < JUMP_MAX ? target
				   : put(program, (struct sock_filter)BPF_STMT(
							  BPF_JMP | BPF_JA, (uint32_t)distance));
}

static size_t put_branch(
	struct program *program, uint16_t test, uint32_t value, size_t yes, size_t no)
{
	yes = put_near(program, yes);
	no = put_near(program, no);
	return put(
		program, (struct sock_filter)BPF_JUMP(BPF_JMP | test | BPF_K, value,
				 (uint8_t)(yes - program->first), (uint8_t)(no - program->first)));
}

/* `sockets` is where it goes on for VERDICT_SOCKET. */
static size_t put_choice(
	struct program *program, const struct span *spans, size_t count, size_t sockets)
{
	if (count == 1) {
		return spans->verdict == VERDICT_SOCKET ? sockets
							: put_verdict(program, spans->verdict);
	}
	size_t half = count / 2;
	size_t high = put_choice(program, spans + half, count - half, sockets);
	size_t low = put_choice(program, spans, half, sockets);
	return put_branch(program, BPF_JGE, spans[half].first, high, low);
}

/* Loads what the choice is about: a choice of one verdict may be somewhere else. */
static size_t put_load(struct program *program, uint32_t offset, size_t choice)
{
	if (choice != program->first) {
		put(program, (struct sock_filter)BPF_STMT(
				     BPF_JMP | BPF_JA, (uint32_t)(choice - program->first)));
	}
	return put(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset));
}

bool program_make(const struct filter_rules *rules, struct program *ret_program)
{
	struct program *program = ret_program;
	struct spans spans;
	size_t sockets = 0;
	program->first = CALL_FILTER_INSTRUCTIONS_MAX;
	if (rules->judges_sockets) {
		// The kernel's own argument is an int: the lower half, on our little-endian
		// machines.
		spans_of_families(rules, &spans);
		sockets = put_load(program, offsetof(struct seccomp_data, args),
			put_choice(program, spans.items, spans.count, 0));
	}
	spans_of_calls(rules, &spans);
	size_t calls = put_load(program, offsetof(struct seccomp_data, nr),
		put_choice(program, spans.items, spans.count, sockets));
	size_t killed = put_verdict(program, SECCOMP_RET_KILL_PROCESS);
	size_t is_ours = put_branch(program, BPF_JEQ, rules->arch, calls, killed);
	put_load(program, offsetof(struct seccomp_data, arch), is_ours);
	return program->first > 0;
}
