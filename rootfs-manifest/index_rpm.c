// SPDX-License-Identifier: MIT
#include "rootfs-manifest/index_format.h"

#include <stdlib.h>
#include <unistd.h>

#include "rootfs-manifest/digest.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/repomd.h"
#include "rootfs-manifest/signature.h"

#define SIGNATURE_SIZE_MAX 65536

static bool verify(struct visit *visit, const char *repomd_path, const char *signature_path)
{
	struct signature signature = {visit->repository->key, repomd_path};
	struct error why = {0};
	return signature_check(&signature, signature_path, repomd_path, &why) ||
	       fail(visit->err, "%s/repodata/repomd.xml: the signature does not hold: %s",
		       visit->url, why.text);
}

static bool fetch_repomd(struct visit *visit, struct buffer *ret_text)
{
	char *url = mem_print("%s/repodata/repomd.xml", visit->url);
	char *signature_url = mem_print("%s.asc", url);
	char *base = mem_print("%s/repomd", visit->source->cache);
	char *path = disk_part_name(base);
	char *signature_path = disk_part_name(base);
	bool ok = visit_fetch_aside(visit, url, REPOMD_SIZE_MAX, path) &&
		  visit_fetch_aside(visit, signature_url, SIGNATURE_SIZE_MAX, signature_path) &&
		  verify(visit, path, signature_path) &&
		  disk_read(path, REPOMD_SIZE_MAX, ret_text, visit->err);
	unlink(path);
	unlink(signature_path);
	free(url);
	free(signature_url);
	free(base);
	free(path);
	free(signature_path);
	return ok;
}

bool index_visit_rpm(struct visit *visit, struct indexes *indexes)
{
	struct buffer text;
	struct error why = {0};
	char sha256[DIGEST_SIZE];
	char *path = NULL;
	if (!fetch_repomd(visit, &text)) {
		return false;
	}
	bool ok = repomd_find_primary(text.data, text.size, &path, sha256, &why) ||
		  fail(visit->err, "%s/repodata/repomd.xml: %s", visit->url, why.text);
	if (ok) {
		char *url = mem_print("%s/%s", visit->url, path);
		ok = visit_add(visit, url, sha256, -1, indexes);
		free(url);
	}
	free(path);
	buffer_finish(&text);
	return ok;
}
