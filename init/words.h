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

/* A command line on its way into arguments. */
struct exec_words {
	char *cursor;
	size_t count;
	bool may_name_pid; // $MAINPID may be a whole argument
	struct problem problem; // of the last word, when it was bad
};

/*
 * The next argument of ExecStart= or ExecReload=. What we do not do is a problem, not a literal:
 * several commands, prefixes, variables, specifiers.
 */
enum word_result exec_words_next(struct exec_words *words, char **ret_word);

/* Takes %% for % in place; any other specifier is a problem. */
bool percent_unescape(char *word, struct problem *ret_problem);

#endif
