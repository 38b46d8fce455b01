// SPDX-License-Identifier: MIT
#include "rootfs-manifest/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/base.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/index_format.h"
#include "rootfs-manifest/mirror.h"

static bool add_repository(const struct index_source *source, const struct repository *repository,
	struct indexes *indexes, struct error *err)
{
	bool is_deb = base_find(source->manifest->base)->format == PACKAGES_DEB;
	char *url = mirror_of(repository, source->arch, source->mirror);
	if (url == NULL && strcmp(repository->archive, "debian-security") == 0) {
		fprintf(stderr,
			"sill: notice: no mirror of debian-security is known: left out '%s'; set "
			"SILL_MIRROR_SECURITY=URL\n",
			repository->name);
		return true;
	}
	if (url == NULL) {
		return fail(
			err, "no Debian mirror in this machine's apt sources; set SILL_MIRROR=URL");
	}
	struct visit visit = {source, repository, url, err};
	bool ok = is_deb ? index_visit_deb(&visit, indexes) : index_visit_rpm(&visit, indexes);
	free(url);
	return ok;
}

bool indexes_fetch(
	const struct index_source *source, struct indexes *ret_indexes, struct error *err)
{
	struct indexes indexes = {0};
	const struct repository *repositories = source->manifest->repositories.items;
	bool ok = disk_make_dirs(source->cache, err);
	for (size_t i = 0; ok && i < source->manifest->repositories.count; i++) {
		ok = add_repository(source, &repositories[i], &indexes, err);
	}
	if (!ok) {
		indexes_finish(&indexes);
		return false;
	}
	*ret_indexes = indexes;
	return true;
}

void indexes_finish(struct indexes *indexes)
{
	for (size_t i = 0; i < indexes->count; i++) {
		free(indexes->items[i].path);
	}
	free(indexes->items);
	*indexes = (struct indexes){0};
}
