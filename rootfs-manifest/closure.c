// SPDX-License-Identifier: MIT
#include "rootfs-manifest/closure.h"

#include <elf.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/elf.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/pattern.h"

static const struct {
	int machine;
	const char *triplet;
} machines[] = {
	{EM_X86_64, "x86_64-linux-gnu"},
	{EM_AARCH64, "aarch64-linux-gnu"},
};

static bool is_elf(const struct entry *entry)
{
	struct elf elf;
	struct error ignored;
	bool found = entry->kind == ENTRY_FILE && entry->origin != NULL &&
		     elf_read(entry->origin, &elf, &ignored);
	if (found) {
		elf_finish(&elf);
	}
	return found;
}

bool closure_keep(
	struct tree *tree, const struct strings *patterns, bool programs, struct error *err)
{
	for (size_t i = 0; i < patterns->count; i++) {
		const char *pattern = patterns->items[i];
		bool found = false;
		for (size_t j = 0; j < tree->count; j++) {
			struct entry *entry = &tree->items[j];
			if (!pattern_matches(pattern, entry->path)) {
				continue;
			}
			entry->kept = true;
			found = true;
			struct entry *end = tree_follow(tree, entry->path, true);
			if (programs && (end == NULL || !is_elf(end))) {
				return fail(err, "keep: entries: '%s' is no program or library",
					entry->path);
			}
		}
		if (!found) {
			return fail(err, "keep: nothing in the packages matches '%s'", pattern);
		}
	}
	return true;
}

/* The search for libraries. */
struct search {
	struct tree *tree;
	struct strings folders; // all run paths seen so far
	char *missing; // what was not found in this pass and who needs it, or NULL
};

static struct entry *find_in(struct tree *tree, const char *folder, const char *name)
{
	char path[PATH_MAX];
	int size = snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (size < 0 || (size_t)size >= sizeof(path)) {
		return NULL;
	}
	struct entry *entry = tree_follow(tree, path, false);
	return entry != NULL && entry->kind == ENTRY_FILE ? tree_follow(tree, path, true) : NULL;
}

/* One folder of a run path, with $ORIGIN replaced; to be freed. */
static char *expand_origin(const char *folder, size_t size, const char *path)
{
	const char *words[] = {"${ORIGIN}", "$ORIGIN"};
	for (size_t i = 0; i < 2; i++) {
		size_t word = strlen(words[i]);
		if (size >= word && strncmp(folder, words[i], word) == 0) {
			const char *slash = strrchr(path, '/');
			return mem_print("/%.*s%.*s", slash != NULL ? (int)(slash - path) : 0, path,
				(int)(size - word), folder + word);
		}
	}
	return mem_print("%.*s", (int)size, folder);
}

static struct entry *find_in_runpath(
	struct search *search, const struct elf *elf, const char *path, const char *name)
{
	struct entry *found = NULL;
	const char *part = elf->runpath != NULL ? elf->runpath : "";
	while (*part != '\0' && found == NULL) {
		size_t size = strcspn(part, ":");
		char *folder = expand_origin(part, size, path);
		if (!strings_has(&search->folders, folder)) {
			strings_add(&search->folders, folder);
		}
		found = find_in(search->tree, folder, name);
		free(folder);
		part += size + (part[size] == ':');
	}
	return found;
}

static struct entry *find_in_default(struct tree *tree, int machine, const char *name)
{
	struct entry *found = NULL;
	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]) && found == NULL; i++) {
		if (machines[i].machine == machine) {
			char folder[64];
			snprintf(folder, sizeof(folder), "/lib/%s", machines[i].triplet);
			found = find_in(tree, folder, name);
		}
	}
	const char *folders[] = {"/lib", "/usr/lib", "/lib64"};
	for (size_t i = 0; i < 3 && found == NULL; i++) {
		found = find_in(tree, folders[i], name);
	}
	return found;
}

/*
 * A module may need what the program that loads it has loaded already from a folder of its own
 * (Weston's and PulseAudio's do), so all run paths of kept files count in the end.
 */
static bool find_library(
	struct search *search, const struct elf *elf, const char *path, const char *name)
{
	if (strchr(name, '/') != NULL) {
		return tree_follow(search->tree, name, true) != NULL;
	}
	if (find_in_runpath(search, elf, path, name) != NULL ||
		find_in_default(search->tree, elf->machine, name) != NULL) {
		return true;
	}
	for (size_t i = 0; i < search->folders.count; i++) {
		if (find_in(search->tree, search->folders.items[i], name) != NULL) {
			return true;
		}
	}
	return false;
}

/* The program that a script's first line names. */
static bool read_script(const char *path, char interpreter[static PATH_MAX])
{
	char line[PATH_MAX + 2] = "";
	FILE *file = fopen(path, "re");
	bool script = file != NULL && fgets(line, sizeof(line), file) != NULL &&
		      strncmp(line, "#!", 2) == 0;
	if (file != NULL) {
		fclose(file);
	}
	const char *name = line + 2 + strspn(line + 2, " \t");
	snprintf(interpreter, PATH_MAX, "%.*s", (int)strcspn(name, " \t\r\n"), name);
	return script;
}

static void miss(struct search *search, const char *what, const struct entry *by)
{
	if (search->missing == NULL) {
		search->missing = mem_print("%s, which %s needs", what, by->path);
	}
}

static void complete_script(struct search *search, const struct entry *entry)
{
	char interpreter[PATH_MAX];
	if ((entry->mode & 0111) != 0 && read_script(entry->origin, interpreter) &&
		tree_follow(search->tree, interpreter, true) == NULL) {
		miss(search, interpreter, entry);
	}
}

static void complete_file(struct search *search, const struct entry *entry)
{
	struct elf elf;
	struct error ignored;
	if (entry->origin == NULL) {
		return;
	}
	if (!elf_read(entry->origin, &elf, &ignored)) {
		complete_script(search, entry);
		return;
	}
	if (elf.interpreter != NULL && tree_follow(search->tree, elf.interpreter, true) == NULL) {
		miss(search, elf.interpreter, entry);
	}
	for (size_t i = 0; i < elf.needed.count; i++) {
		if (!find_library(search, &elf, entry->path, elf.needed.items[i])) {
			miss(search, elf.needed.items[i], entry);
		}
	}
	elf_finish(&elf);
}

static size_t count_kept(const struct tree *tree)
{
	size_t count = 0;
	for (size_t i = 0; i < tree->count; i++) {
		count += tree->items[i].kept;
	}
	return count;
}

bool closure_complete(struct tree *tree, struct error *err)
{
	struct search search = {.tree = tree};
	size_t before, after = count_kept(tree);
	// Until nothing new comes in; the last pass is the one whose findings count.
	do {
		before = after;
		free(search.missing);
		search.missing = NULL;
		for (size_t i = 0; i < tree->count; i++) {
			struct entry *entry = &tree->items[i];
			if (entry->kept && entry->kind == ENTRY_LINK) {
				tree_follow(tree, entry->path, true);
			} else if (entry->kept && entry->kind == ENTRY_FILE) {
				complete_file(&search, entry);
			}
		}
		after = count_kept(tree);
	} while (after != before);
	bool ok = search.missing == NULL ||
		  fail(err, "nothing in the packages is %s", search.missing);
	strings_finish(&search.folders);
	free(search.missing);
	return ok;
}
