// SPDX-License-Identifier: MIT
#include "init/tmpfiles.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "init/directory.h"
#include "init/log.h"
#include "init/text_file.h"

/* tmpfiles.d(5) knows owners by name only as far as the unit files do: the same look-up. */
static void resolve_owner(struct tmpfiles_entry *entry, const char *path, struct users *users,
	struct diag_list *diags)
{
	const struct unit file = {.file = path};
	struct named user = {entry->line.user, entry->at}, group = {entry->line.group, entry->at};
	(void)users_resolve(users, &file, &user, &group, &entry->owner, diags);
}

static void load_line(struct tmpfiles *tmpfiles, char *line, unsigned number, struct users *users,
	struct diag_list *diags)
{
	const char *path = tmpfiles->path;
	struct problem problem;
	struct tmpfiles_entry entry = {.at = {number, 1}};
	enum tmpfiles_result result = tmpfiles_line_parse(line, &entry.line, &problem);
	if (result == TMPFILES_EMPTY) {
		return;
	}
	if (result == TMPFILES_BAD) {
		entry.at.column = (unsigned)(problem.at - line) + 1;
		diag_add(diags, path, entry.at, "%s", problem.text);
		return;
	}
	if (tmpfiles->count == TMPFILES_ENTRIES_MAX) {
		diag_add(diags, path, entry.at, "more than %d lines", TMPFILES_ENTRIES_MAX);
		return;
	}
	resolve_owner(&entry, path, users, diags);
	tmpfiles->entries[tmpfiles->count++] = entry;
}

void tmpfiles_load(
	struct tmpfiles *tmpfiles, const char *path, struct users *users, struct diag_list *diags)
{
	long size = text_file_read(path, tmpfiles->text, sizeof(tmpfiles->text));
	tmpfiles->path = path;
	if (size == -ENOENT) {
		return;
	}
	if (size < 0) {
		diag_add(diags, path, (struct position){1, 1}, "cannot read it: %s",
			strerror((int)-size));
		return;
	}
	char *line = tmpfiles->text;
	for (unsigned number = 1; line < tmpfiles->text + size; number++) {
		char *end = line + strcspn(line, "\n");
		*end = '\0';
		load_line(tmpfiles, line, number, users, diags);
		line = end + 1;
	}
}

static int make_link(const struct tmpfiles_line *line)
{
	if (symlink(line->target, line->path) == 0) {
		return 0;
	}
	char now[DIRECTORY_PATH_MAX];
	ssize_t length = readlink(line->path, now, sizeof(now));
	if (length == (ssize_t)strlen(line->target) &&
		memcmp(now, line->target, (size_t)length) == 0) {
		return 0;
	}
	/* A directory is replaced only when it is empty: nothing of anyone's is lost. */
	if (unlink(line->path) < 0 && rmdir(line->path) < 0) {
		return -errno;
	}
	return symlink(line->target, line->path) < 0 ? -errno : 0;
}

static int make(const struct tmpfiles_entry *entry)
{
	int result = directory_make_parents(entry->line.path, 0755);
	if (result < 0 || entry->line.type == TMPFILES_LINK) {
		return result < 0 ? result : make_link(&entry->line);
	}
	const struct identity *owner = &entry->owner;
	return directory_make(entry->line.path, entry->line.mode,
		owner->is_switched ? owner->account.uid : OWNER_KEEP,
		owner->is_switched ? owner->account.gid : OWNER_KEEP);
}

void tmpfiles_apply(const struct tmpfiles *tmpfiles)
{
	for (size_t i = 0; i < tmpfiles->count; i++) {
		const struct tmpfiles_entry *entry = &tmpfiles->entries[i];
		int result = make(entry);
		if (result < 0) {
			log_say("%s:%u:%u: cannot make %s: %s", tmpfiles->path, entry->at.line,
				entry->at.column, entry->line.path, strerror(-result));
		}
	}
}
