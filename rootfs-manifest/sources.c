// SPDX-License-Identifier: MIT
#include "rootfs-manifest/sources.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "rootfs-manifest/memory.h"

#define BLANKS " \t"

/* The address, if it is one of the archive. */
static char *take_address(const char *word, size_t size, const char *archive)
{
	while (size != 0 && word[size - 1] == '/') {
		size--;
	}
	size_t suffix = strlen(archive);
	if (size <= suffix || word[size - suffix - 1] != '/' ||
		strncmp(word + size - suffix, archive, suffix) != 0 ||
		strncmp(word, "http", 4) != 0) {
		return NULL;
	}
	return mem_print("%.*s", (int)size, word);
}

static char *address_in_line(const char *line, size_t size, const char *archive)
{
	const char *end = line + size;
	const char *at = line + strspn(line, BLANKS);
	if (strncmp(at, "deb", 3) != 0 || (at[3] != ' ' && at[3] != '\t')) {
		return NULL;
	}
	at += 3;
	at += strspn(at, BLANKS);
	if (*at == '[') {
		at += strcspn(at, "]\n");
		at += *at == ']';
		at += strspn(at, BLANKS);
	}
	return at < end ? take_address(at, strcspn(at, BLANKS "\n"), archive) : NULL;
}

char *sources_find_list(const char *text, const char *archive)
{
	char *found = NULL;
	while (*text != '\0' && found == NULL) {
		size_t size = strcspn(text, "\n");
		found = address_in_line(text, size, archive);
		text += size + (text[size] == '\n');
	}
	return found;
}

static char *address_in_words(const char *words, size_t size, const char *archive)
{
	const char *end = words + size;
	while (words < end) {
		words += strspn(words, BLANKS);
		size_t word = strcspn(words, BLANKS "\n");
		if (words >= end || word == 0) {
			return NULL;
		}
		char *found = take_address(words, word, archive);
		if (found != NULL) {
			return found;
		}
		words += word;
	}
	return NULL;
}

char *sources_find_deb822(const char *text, const char *archive)
{
	bool in_uris = false;
	while (*text != '\0') {
		size_t size = strcspn(text, "\n");
		bool continued = *text == ' ' || *text == '\t';
		size_t skip = 0;
		if (!continued && *text != '#') {
			in_uris = strncasecmp(text, "URIs:", 5) == 0;
			skip = 5;
		}
		char *found = in_uris && *text != '#'
				      ? address_in_words(text + skip, size - skip, archive)
				      : NULL;
		if (found != NULL) {
			return found;
		}
		text += size + (text[size] == '\n');
	}
	return NULL;
}
