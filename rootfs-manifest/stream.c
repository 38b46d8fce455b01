// SPDX-License-Identifier: MIT
#include "rootfs-manifest/stream.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>

#define BLOCK_SIZE 65536

static ssize_t read_plain(void *cookie, char *out, size_t size)
{
	struct stream *stream = cookie;
	la_ssize_t got = archive_read_data(stream->archive, out, size);
	if (got > 0) {
		stream->left -= got;
	}
	if (got < 0 || stream->left < 0) {
		stream->is_broken = true;
		errno = EIO;
		return -1;
	}
	return got;
}

bool stream_open(struct stream *stream, const char *path, long long most, struct error *err)
{
	struct archive_entry *entry;
	*stream = (struct stream){.archive = archive_read_new(), .path = path, .left = most};
	archive_read_support_filter_all(stream->archive);
	archive_read_support_format_raw(stream->archive);
	archive_read_support_format_empty(stream->archive);
	bool ok = archive_read_open_filename(stream->archive, path, BLOCK_SIZE) == ARCHIVE_OK;
	int result = ok ? archive_read_next_header(stream->archive, &entry) : ARCHIVE_FATAL;
	if (result == ARCHIVE_OK || result == ARCHIVE_EOF) {
		cookie_io_functions_t functions = {.read = read_plain};
		stream->file = fopencookie(stream, "r", functions);
	}
	if (stream->file == NULL) {
		fail(err, "%s: cannot be read: %s", path, archive_error_string(stream->archive));
		archive_read_free(stream->archive);
		return false;
	}
	return true;
}

bool stream_close(struct stream *stream, struct error *err)
{
	const char *problem = archive_error_string(stream->archive);
	bool ok = !stream->is_broken;
	if (!ok) {
		fail(err, "%s: %s", stream->path,
			stream->left < 0 ? "it unpacks to too much"
					 : (problem != NULL ? problem : "it cannot be read"));
	}
	fclose(stream->file);
	archive_read_free(stream->archive);
	return ok;
}
