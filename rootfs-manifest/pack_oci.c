// SPDX-License-Identifier: MIT
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rootfs-manifest/artefact.h"
#include "rootfs-manifest/canonical.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/member.h"
#include "rootfs-manifest/pack_tar.h"

#define INIT "usr/lib/sill/sill-init"
#define MEDIA "application/vnd.oci.image."
#define BEGINNING_OF_TIME "1970-01-01T00:00:00Z"

/* A blob: named by its hash, as everything in a layout is. */
struct blob {
	const char *media_type;
	char sha256[DIGEST_SIZE];
	long size;
};

static struct json_object *digest_to_json(const char *sha256)
{
	char *text = mem_print("sha256:%s", sha256);
	struct json_object *value = json_object_new_string(text);
	free(text);
	return value;
}

static struct json_object *blob_to_json(const struct blob *blob)
{
	struct json_object *object = json_object_new_object();
	member_add_text(object, "mediaType", blob->media_type);
	json_object_object_add(object, "digest", digest_to_json(blob->sha256));
	member_add_number(object, "size", blob->size);
	return object;
}

static struct json_object *array_of(struct json_object *only)
{
	struct json_object *array = json_object_new_array();
	json_object_array_add(array, only);
	return array;
}

static struct json_object *labels(const struct contents *contents)
{
	struct json_object *object = json_object_new_object();
	member_add_text(object, "org.opencontainers.image.title", contents->name);
	member_add_text(object, "org.opencontainers.image.version", SILL_VERSION);
	member_add_text(object, "org.opencontainers.image.base.name", contents->base);
	if (contents->commit != NULL) {
		member_add_text(object, "org.opencontainers.image.revision", contents->commit);
	}
	if (contents->lock[0] != '\0') {
		member_add_text(object, "sill.lock.sha256", contents->lock);
	}
	return object;
}

static struct json_object *run_config(const struct contents *contents)
{
	struct json_object *config = json_object_new_object();
	json_object_object_add(config, "Labels", labels(contents));
	if (contents_find(contents, INIT) != NULL) {
		struct json_object *ports = json_object_new_object();
		json_object_object_add(ports, "3389/tcp", json_object_new_object());
		json_object_object_add(
			config, "Entrypoint", array_of(json_object_new_string("/" INIT)));
		json_object_object_add(config, "ExposedPorts", ports);
		member_add_text(config, "StopSignal", "SIGTERM");
	}
	return config;
}

/* `layer_tar` is the layer's hash before it was compressed. */
static struct json_object *image_config(const struct contents *contents, const char *layer_tar)
{
	struct json_object *root = json_object_new_object();
	struct json_object *rootfs = json_object_new_object();
	struct json_object *step = json_object_new_object();
	member_add_text(root, "architecture", contents->arch);
	member_add_text(root, "os", "linux");
	member_add_text(root, "created", BEGINNING_OF_TIME);
	json_object_object_add(root, "config", run_config(contents));
	member_add_text(rootfs, "type", "layers");
	json_object_object_add(rootfs, "diff_ids", array_of(digest_to_json(layer_tar)));
	json_object_object_add(root, "rootfs", rootfs);
	member_add_text(step, "created", BEGINNING_OF_TIME);
	member_add_text(step, "created_by", "sill pack");
	json_object_object_add(root, "history", array_of(step));
	return root;
}

static struct json_object *image_manifest(
	const struct contents *contents, const struct blob *config, const struct blob *layer)
{
	struct json_object *root = json_object_new_object();
	member_add_number(root, "schemaVersion", 2);
	member_add_text(root, "mediaType", MEDIA "manifest.v1+json");
	json_object_object_add(root, "config", blob_to_json(config));
	json_object_object_add(root, "layers", array_of(blob_to_json(layer)));
	json_object_object_add(root, "annotations", labels(contents));
	return root;
}

static struct json_object *image_index(const struct contents *contents, const struct blob *manifest)
{
	struct json_object *root = json_object_new_object();
	struct json_object *entry = blob_to_json(manifest);
	struct json_object *platform = json_object_new_object();
	struct json_object *annotations = json_object_new_object();
	member_add_text(platform, "architecture", contents->arch);
	member_add_text(platform, "os", "linux");
	member_add_text(annotations, "org.opencontainers.image.ref.name", contents->name);
	json_object_object_add(entry, "platform", platform);
	json_object_object_add(entry, "annotations", annotations);
	member_add_number(root, "schemaVersion", 2);
	member_add_text(root, "mediaType", MEDIA "index.v1+json");
	json_object_object_add(root, "manifests", array_of(entry));
	return root;
}

/* Writes the JSON, which is freed, below the layout's folder. */
static bool write_json(
	const char *layout, const char *leaf, struct json_object *value, struct error *err)
{
	struct buffer text = {0};
	canonical_write(value, &text);
	char *path = mem_print("%s/%s", layout, leaf);
	bool ok = disk_write(path, text.data, text.size, err);
	free(path);
	buffer_finish(&text);
	json_object_put(value);
	return ok;
}

static bool write_json_blob(
	const char *layout, struct json_object *value, struct blob *blob, struct error *err)
{
	struct buffer text = {0};
	canonical_write(value, &text);
	digest_bytes(text.data, text.size, blob->sha256);
	blob->size = (long)text.size;
	buffer_finish(&text);
	char *leaf = mem_print("blobs/sha256/%s", blob->sha256);
	bool ok = write_json(layout, leaf, value, err);
	free(leaf);
	return ok;
}

static bool pour(int from, struct archive *into)
{
	static char block[65536];
	ssize_t size;
	while ((size = read(from, block, sizeof(block))) > 0) {
		if (archive_write_data(into, block, (size_t)size) != size) {
			return false;
		}
	}
	return size == 0;
}

static bool begin_gzip(struct archive *archive, struct archive_entry *entry, const char *path)
{
	archive_entry_set_filetype(entry, AE_IFREG);
	// Without this option gzip's header has the time.
	return archive_write_set_format_raw(archive) == ARCHIVE_OK &&
	       archive_write_add_filter_gzip(archive) == ARCHIVE_OK &&
	       archive_write_set_filter_option(archive, "gzip", "timestamp", NULL) == ARCHIVE_OK &&
	       archive_write_open_filename(archive, path) == ARCHIVE_OK &&
	       archive_write_header(archive, entry) == ARCHIVE_OK;
}

static bool compress(const char *from, const char *path, struct error *err)
{
	struct archive *archive = mem_need(archive_write_new());
	struct archive_entry *entry = mem_need(archive_entry_new());
	int fd = open(from, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && begin_gzip(archive, entry, path) && pour(fd, archive) &&
		  archive_write_close(archive) == ARCHIVE_OK;
	if (!ok) {
		const char *reason = archive_error_string(archive);
		fail(err, "%s: %s", path, reason != NULL ? reason : strerror(errno));
	}
	if (fd >= 0) {
		close(fd);
	}
	archive_entry_free(entry);
	archive_write_free(archive);
	return ok;
}

/* The layer gets its name when its hash is known. */
static bool name_layer(const char *layout, const char *path, struct blob *layer, struct error *err)
{
	struct stat st;
	if (!digest_file(path, layer->sha256, err)) {
		return false;
	}
	char *name = mem_print("%s/blobs/sha256/%s", layout, layer->sha256);
	bool ok = stat(path, &st) == 0 && rename(path, name) == 0;
	layer->size = ok ? (long)st.st_size : 0;
	free(name);
	return ok || fail(err, "%s: %s", path, strerror(errno));
}

static bool write_layer(const struct artefact_source *source, const char *layout,
	char ret_tar[static DIGEST_SIZE], struct blob *layer, struct error *err)
{
	char *tar = mem_print("%s/layer.tar", layout);
	char *gzip = mem_print("%s/layer.tar.gz", layout);
	bool ok = tar_write(source->contents, source->work->tree_path, tar, err) &&
		  digest_file(tar, ret_tar, err) && compress(tar, gzip, err) &&
		  name_layer(layout, gzip, layer, err);
	unlink(tar);
	free(tar);
	free(gzip);
	return ok;
}

static bool write_head(const struct contents *contents, const char *layout,
	const struct blob *manifest, struct error *err)
{
	struct json_object *version = json_object_new_object();
	member_add_text(version, "imageLayoutVersion", "1.0.0");
	return write_json(layout, "oci-layout", version, err) &&
	       write_json(layout, "index.json", image_index(contents, manifest), err);
}

bool artefact_write_oci(const struct artefact_source *source, const char *part,
	struct artefact_verity *ret_verity, struct error *err)
{
	(void)ret_verity;
	const struct contents *contents = source->contents;
	struct blob layer = {.media_type = MEDIA "layer.v1.tar+gzip"};
	struct blob config = {.media_type = MEDIA "config.v1+json"};
	struct blob manifest = {.media_type = MEDIA "manifest.v1+json"};
	char layer_tar[DIGEST_SIZE];
	char *blobs = mem_print("%s/blobs/sha256", part);
	bool ok =
		disk_make_dirs(blobs, err) && write_layer(source, part, layer_tar, &layer, err) &&
		write_json_blob(part, image_config(contents, layer_tar), &config, err) &&
		write_json_blob(part, image_manifest(contents, &config, &layer), &manifest, err) &&
		write_head(contents, part, &manifest, err);
	free(blobs);
	return ok;
}
