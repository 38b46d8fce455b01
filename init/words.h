// SPDX-License-Identifier: MIT
#ifndef INIT_WORDS_H
#define INIT_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* What is wrong with a value, and where. */
struct problem {
	const char *text;
	const char *at;
};

enum word_result {
	WORD_END,
	WORD_OK,
	WORD_BAD,
};

/*
 * The next word of a value, as systemd.service(5) splits command lines: quotes group, backslashes
 * escape as in C. Words are unquoted in place. `cursor` moves behind the word.
 */
enum word_result word_next(char **cursor, char **ret_word, struct problem *ret_problem);

/*
 * Splits ExecStart= into at most `max` arguments. What we do not do is an error, not a literal:
 * several commands, prefixes, variables, specifiers.
 */
bool exec_args_parse(
	char *value, char **ret_args, size_t max, size_t *ret_count, struct problem *ret_problem);

/* Takes %% for % in place; any other specifier is a problem. */
bool percent_unescape(char *word, struct problem *ret_problem);

#endif
