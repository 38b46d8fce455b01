// SPDX-License-Identifier: MIT
#include "init/accounts.h"

#include <stdint.h>
#include <string.h>

#include "init/values.h"

/* One field of a colon-separated line: where it starts and how long it is. */
struct field {
	const char *text;
	size_t length;
};

static struct field field_of(const char *line, int number)
{
	for (; number > 0 && *line != '\0' && *line != '\n'; line++) {
		number -= *line == ':';
	}
	return (struct field){line, strcspn(line, ":\n")};
}

static bool field_is(struct field field, const char *text)
{
	return strlen(text) == field.length && memcmp(field.text, text, field.length) == 0;
}

static bool field_copy(struct field field, char *to, size_t size)
{
	if (field.length >= size) {
		return false;
	}
	memcpy(to, field.text, field.length);
	to[field.length] = '\0';
	return true;
}

static bool parse_id(const char *text, unsigned *ret_id)
{
	long id;
	/* The largest id means "unchanged" to the kernel. */
	if (!value_number(text, 0, (long)UINT32_MAX - 1, &id)) {
		return false;
	}
	*ret_id = (unsigned)id;
	return true;
}

static bool field_id(struct field field, unsigned *ret_id)
{
	char text[12];
	return field_copy(field, text, sizeof(text)) && parse_id(text, ret_id);
}

static const char *next_line(const char *line)
{
	line += strcspn(line, "\n");
	return *line == '\n' ? line + 1 : line;
}

static bool read_account(const char *line, struct account *account)
{
	return field_copy(field_of(line, 0), account->name, sizeof(account->name)) &&
	       field_id(field_of(line, 2), &account->uid) &&
	       field_id(field_of(line, 3), &account->gid) &&
	       field_copy(field_of(line, 5), account->home, sizeof(account->home)) &&
	       field_copy(field_of(line, 6), account->shell, sizeof(account->shell));
}

bool account_find_user(const char *passwd, const char *name, struct account *ret_account)
{
	unsigned wanted, id;
	bool is_number = parse_id(name, &wanted);
	for (const char *line = passwd; *line != '\0'; line = next_line(line)) {
		bool is_found = is_number ? field_id(field_of(line, 2), &id) && id == wanted
					  : field_is(field_of(line, 0), name);
		if (is_found) {
			return read_account(line, ret_account);
		}
	}
	if (is_number) {
		*ret_account = (struct account){.uid = wanted, .gid = wanted};
	}
	return is_number;
}

bool account_find_group(const char *group, const char *name, gid_t *ret_gid)
{
	if (parse_id(name, ret_gid)) {
		return true;
	}
	for (const char *line = group; *line != '\0'; line = next_line(line)) {
		if (field_is(field_of(line, 0), name)) {
			return field_id(field_of(line, 2), ret_gid);
		}
	}
	return false;
}

static bool lists_member(struct field members, const char *user)
{
	size_t length = strlen(user), at = 0;
	while (at < members.length) {
		size_t end = at;
		while (end < members.length && members.text[end] != ',') {
			end++;
		}
		if (end - at == length && memcmp(members.text + at, user, length) == 0) {
			return true;
		}
		at = end + 1;
	}
	return false;
}

size_t account_member_groups(const char *group, const char *user, gid_t *ret_gids, size_t max)
{
	size_t count = 0;
	for (const char *line = group; *line != '\0' && count < max; line = next_line(line)) {
		if (*user != '\0' && lists_member(field_of(line, 3), user) &&
			field_id(field_of(line, 2), &ret_gids[count])) {
			count++;
		}
	}
	return count;
}

bool account_is_mapped(const char *id_map, unsigned id)
{
	while (*id_map != '\0') {
		uint64_t columns[3]; // the first here, the first outside, how many
		for (size_t i = 0; i < 3; i++) {
			columns[i] = value_digits(id_map + strspn(id_map, " "), &id_map);
		}
		if (id >= columns[0] && id - columns[0] < columns[2]) {
			return true;
		}
		id_map = next_line(id_map);
	}
	return false;
}
