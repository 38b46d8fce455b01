// SPDX-License-Identifier: MIT
#include "rootfs-manifest/fetch.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/memory.h"

#define CONNECT_SECONDS 20L
#define STALL_SECONDS 30L
#define REDIRECTS_MAX 5L
#define WAIT_MS 1000

/* One download under way. */
struct transfer {
	struct fetch *fetch;
	CURL *curl;
	FILE *file;
	char *part;
	bool is_kept; // what arrived may be continued by another try, or by another run
	EVP_MD_CTX *digest;
	long received;
	unsigned tries;
	bool too_long;
	bool disk_failed;
	struct batch *batch;
};

struct batch {
	CURLM *multi;
	struct fetch *fetches;
	size_t count;
	size_t next;
	size_t running;
	size_t files;
	size_t bytes;
	fetch_progress progress;
	void *data;
};

static void report(struct batch *batch)
{
	if (batch->progress != NULL) {
		batch->progress(batch->data, batch->files, batch->bytes);
	}
}

static size_t receive(char *data, size_t one, size_t size, void *user)
{
	struct transfer *transfer = user;
	transfer->received += (long)size;
	if (transfer->received > transfer->fetch->size) {
		transfer->too_long = true;
		return CURL_WRITEFUNC_ERROR;
	}
	if (fwrite(data, one, size, transfer->file) != size) {
		transfer->disk_failed = true;
		return CURL_WRITEFUNC_ERROR;
	}
	digest_add(transfer->digest, data, size);
	transfer->batch->bytes += size;
	return size;
}

static void transfer_destroy(struct transfer *transfer)
{
	if (transfer->curl != NULL) {
		curl_multi_remove_handle(transfer->batch->multi, transfer->curl);
		curl_easy_cleanup(transfer->curl);
	}
	if (transfer->file != NULL) {
		if (!transfer->is_kept || transfer->received == 0) {
			unlink(transfer->part);
		}
		fclose(transfer->file);
	}
	EVP_MD_CTX_free(transfer->digest);
	free(transfer->part);
	free(transfer);
}

static void set_options(CURL *curl, struct transfer *transfer)
{
	curl_easy_setopt(curl, CURLOPT_URL, transfer->fetch->url);
	curl_easy_setopt(curl, CURLOPT_PRIVATE, transfer);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
	curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(curl, CURLOPT_MAXREDIRS, REDIRECTS_MAX);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https,file");
	curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, STALL_SECONDS);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "sill/" SILL_VERSION);
}

/* Whether the name still is the file's: another run may have completed it meanwhile. */
static bool has_name(int fd, const char *path)
{
	struct stat here, there;
	return fstat(fd, &here) == 0 && stat(path, &there) == 0 && here.st_dev == there.st_dev &&
	       here.st_ino == there.st_ino;
}

/* Reads what an earlier try left, so that the hash is one of the whole. */
static void take_up(struct transfer *transfer)
{
	char block[CURL_MAX_WRITE_SIZE];
	size_t size;
	while ((size = fread(block, 1, sizeof(block), transfer->file)) > 0) {
		digest_add(transfer->digest, block, size);
		transfer->received += (long)size;
	}
	if (transfer->received >= transfer->fetch->size || ferror(transfer->file) != 0) {
		EVP_MD_CTX_free(transfer->digest);
		transfer->digest = digest_begin();
		transfer->received = 0;
		rewind(transfer->file);
		transfer->is_kept = ftruncate(fileno(transfer->file), 0) == 0;
	}
	fseek(transfer->file, 0, SEEK_END);
}

/* A file whose hash is known can be continued: nobody else does so while it is locked. */
static bool open_kept(struct transfer *transfer)
{
	char *path = mem_print("%s.resume", transfer->fetch->path);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	bool ok = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && has_name(fd, path);
	transfer->file = ok ? fdopen(fd, "r+e") : NULL;
	if (transfer->file == NULL) {
		if (fd >= 0) {
			close(fd);
		}
		free(path);
		return false;
	}
	transfer->part = path;
	transfer->is_kept = true;
	take_up(transfer);
	return true;
}

static bool open_part(struct transfer *transfer)
{
	if (transfer->fetch->sha256 != NULL && open_kept(transfer)) {
		return true;
	}
	transfer->part = disk_part_name(transfer->fetch->path);
	transfer->file = fopen(transfer->part, "we");
	return transfer->file != NULL;
}

static bool begin(struct batch *batch, struct fetch *fetch, unsigned tries)
{
	struct transfer *transfer = mem_alloc(sizeof(*transfer));
	transfer->fetch = fetch;
	transfer->batch = batch;
	transfer->tries = tries;
	transfer->digest = digest_begin();
	if (!open_part(transfer)) {
		snprintf(fetch->problem, sizeof(fetch->problem), "cannot write %s: %s",
			transfer->part, strerror(errno));
		fetch->result = FETCH_FAILED;
		transfer_destroy(transfer);
		return false;
	}
	transfer->curl = curl_easy_init();
	mem_need(transfer->curl);
	set_options(transfer->curl, transfer);
	curl_easy_setopt(transfer->curl, CURLOPT_RESUME_FROM_LARGE, (curl_off_t)transfer->received);
	batch->bytes += (size_t)transfer->received;
	curl_multi_add_handle(batch->multi, transfer->curl);
	batch->running++;
	return true;
}

/* What arrived whole is only kept when it is what was asked for. */
static void finish_file(struct transfer *transfer)
{
	struct fetch *fetch = transfer->fetch;
	char sha256[DIGEST_SIZE];
	digest_end(transfer->digest, sha256);
	transfer->digest = NULL;
	fetch->result = FETCH_FAILED;
	transfer->is_kept = false;
	if (fetch->is_size_exact && transfer->received != fetch->size) {
		snprintf(fetch->problem, sizeof(fetch->problem), "%ld bytes instead of %ld",
			transfer->received, fetch->size);
	} else if (fetch->sha256 != NULL && strcmp(sha256, fetch->sha256) != 0) {
		snprintf(fetch->problem, sizeof(fetch->problem), "its sha256 is %s instead of %s",
			sha256, fetch->sha256);
	} else if (fflush(transfer->file) != 0 || rename(transfer->part, fetch->path) < 0) {
		snprintf(fetch->problem, sizeof(fetch->problem), "cannot write %s: %s", fetch->path,
			strerror(errno));
	} else {
		// Locked until here: nobody takes the finished file for one to continue.
		fclose(transfer->file);
		transfer->file = NULL;
		fetch->result = FETCH_DONE;
	}
}

/* Whether another try may help: not where the server answered clearly. */
static bool is_passing(const struct transfer *transfer, CURLcode code, long status)
{
	return !transfer->too_long && !transfer->disk_failed &&
	       code != CURLE_UNSUPPORTED_PROTOCOL && code != CURLE_URL_MALFORMAT &&
	       (status == 0 || status == 200 || status == 206 || status == 429 || status >= 500);
}

static void fail_transfer(struct transfer *transfer, CURLcode code, long status)
{
	struct fetch *fetch = transfer->fetch;
	fetch->result = FETCH_FAILED;
	if (status == 404 || status == 410 || code == CURLE_FILE_COULDNT_READ_FILE) {
		fetch->result = FETCH_GONE;
		snprintf(fetch->problem, sizeof(fetch->problem),
			"the server does not have it (%ld)", status);
	} else if (transfer->too_long) {
		snprintf(fetch->problem, sizeof(fetch->problem), "longer than %ld bytes",
			fetch->size);
	} else if (transfer->disk_failed) {
		snprintf(fetch->problem, sizeof(fetch->problem), "cannot write %s", fetch->path);
	} else if (code == CURLE_HTTP_RETURNED_ERROR) {
		snprintf(fetch->problem, sizeof(fetch->problem), "the server answered %ld", status);
	} else {
		snprintf(fetch->problem, sizeof(fetch->problem), "%s after %ld bytes",
			curl_easy_strerror(code), transfer->received);
	}
}

static void finish(struct batch *batch, CURL *curl, CURLcode code)
{
	struct transfer *transfer;
	long status = 0;
	curl_easy_getinfo(curl, CURLINFO_PRIVATE, &transfer);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	batch->running--;
	bool again = false;
	unsigned tries = transfer->tries;
	if (transfer->too_long || transfer->disk_failed) {
		transfer->is_kept = false;
	}
	if (code == CURLE_RANGE_ERROR || status == 416) {
		// A server that cannot continue: from the start, which is no further try.
		batch->bytes -= (size_t)transfer->received;
		transfer->is_kept = false;
		tries--;
		again = true;
	} else if (code == CURLE_OK) {
		finish_file(transfer);
	} else if (transfer->tries < FETCH_TRIES && is_passing(transfer, code, status)) {
		batch->bytes -= (size_t)transfer->received;
		again = true;
	} else {
		fail_transfer(transfer, code, status);
	}
	struct fetch *fetch = transfer->fetch;
	transfer_destroy(transfer);
	if (again) {
		again = begin(batch, fetch, tries + 1);
	}
	batch->files += !again && fetch->result == FETCH_DONE;
}

static void fill(struct batch *batch)
{
	while (batch->next < batch->count && batch->running < FETCH_PARALLEL) {
		begin(batch, &batch->fetches[batch->next++], 1);
	}
}

void fetch_all(struct fetch *fetches, size_t count, fetch_progress progress, void *data)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
	struct batch batch = {.multi = curl_multi_init(),
		.fetches = fetches,
		.count = count,
		.progress = progress,
		.data = data};
	fill(&batch);
	while (batch.running > 0) {
		int running, left;
		curl_multi_perform(batch.multi, &running);
		struct CURLMsg *message;
		while ((message = curl_multi_info_read(batch.multi, &left)) != NULL) {
			finish(&batch, message->easy_handle, message->data.result);
		}
		fill(&batch);
		report(&batch);
		if (batch.running > 0) {
			curl_multi_poll(batch.multi, NULL, 0, WAIT_MS, NULL);
		}
	}
	curl_multi_cleanup(batch.multi);
}
