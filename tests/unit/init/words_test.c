// SPDX-License-Identifier: MIT
#include "init/words.h"

#include "tests/harness/test.h"

/*
 * Splits `text` and joins the arguments with |, or gives "!problem at OFFSET". With ! in front it
 * is an ExecReload=.
 */
static const char *split(const char *text)
{
	static char buffer[256], out[256];
	struct exec_words words = {.cursor = buffer, .may_name_pid = *text == '!'};
	enum word_result result;
	char *word;
	snprintf(buffer, sizeof(buffer), "%s", text + words.may_name_pid);
	out[0] = '\0';
	while ((result = exec_words_next(&words, &word)) == WORD_OK) {
		strcat(out, words.count > 1 ? "|" : "");
		strcat(out, word);
	}
	if (result == WORD_BAD) {
		snprintf(out, sizeof(out), "!%s at %d", words.problem.text,
			(int)(words.problem.at - buffer));
	}
	return out;
}

TEST(plain_words_are_split_at_blanks)
{
	CHECK_STR(split("/bin/a b  c\t d "), "/bin/a|b|c|d");
	CHECK_STR(split(""), "");
}

TEST(quotes_group_and_vanish)
{
	CHECK_STR(split("/bin/a 'b c' \"d e\""), "/bin/a|b c|d e");
	CHECK_STR(split("/bin/a --x='b c' ''"), "/bin/a|--x=b c|");
	CHECK_STR(split("/bin/a \"it's\""), "/bin/a|it's");
}

TEST(escapes_are_those_of_c)
{
	CHECK_STR(split("/bin/a \\x41\\102\\s\\t\\\\"), "/bin/a|AB \t\\");
	CHECK_STR(split("/bin/a \\u00e9\\U0001f600"), "/bin/a|\xc3\xa9\xf0\x9f\x98\x80");
	CHECK_STR(split("/bin/a '\\'' \\;"), "/bin/a|'|;");
}

TEST(a_bad_escape_is_told_with_its_place)
{
	CHECK_STR(split("/bin/a \\q"), "!unknown escape at 7");
	CHECK_STR(split("/bin/a b\\x4"), "!unknown escape at 8");
	CHECK_STR(split("/bin/a \\x00"), "!unknown escape at 7");
	CHECK_STR(split("/bin/a \\ud800"), "!unknown escape at 7");
	CHECK_STR(split("/bin/a \\"), "!unknown escape at 7");
}

TEST(an_open_quote_is_told_where_it_opens)
{
	CHECK_STR(split("/bin/a b 'c d"), "!quote without its end at 9");
}

TEST(what_we_do_not_do_is_an_error)
{
	CHECK_STR(split("/bin/a  ; /bin/b"), "!only one command, write \\; for a ; at 8");
	CHECK_STR(split("-/bin/a"), "!prefixes of the program are not supported at 0");
	CHECK_STR(split("a"), "!the program needs an absolute path at 0");
	CHECK_STR(split("''"), "!the program needs an absolute path at 0");
	CHECK_STR(split("/bin/a $HOME"), "!variables are not supported, write $$ for a $ at 7");
	CHECK_STR(split("/bin/a %i"), "!specifiers are not supported, write %% for a % at 7");
	CHECK_STR(split("/bin/a %"), "!specifiers are not supported, write %% for a % at 7");
}

TEST(doubled_marks_stand_for_themselves)
{
	CHECK_STR(split("/bin/a 100%% $$5"), "/bin/a|100%|$5");
}

TEST(a_reload_may_name_the_main_process)
{
	CHECK_STR(split("!/bin/kill -HUP $MAINPID"), "/bin/kill|-HUP|$MAINPID");
	CHECK_STR(split("!/bin/kill $MAINPIDX"),
		"!variables are not supported, write $$ for a $ at 10");
	CHECK_STR(split("/bin/kill $MAINPID"),
		"!variables are not supported, write $$ for a $ at 10");
}

TEST_MAIN()
