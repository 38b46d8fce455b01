// SPDX-License-Identifier: MIT
#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * FreeRDP is linked with FFmpeg's codecs, which bring some sixty libraries along: half of
 * sill-rdp's memory, for Opus and AAC alone, which are used where PCM is too much for the
 * connection. This library has the name of FFmpeg's, and sill-rdp finds it first (DT_RPATH). It has
 * the functions that FreeRDP calls, and loads the real one when a codec is made.
 *
 * A codec that is only asked for is promised without a look: FreeRDP does nothing with it but hand
 * it on to avcodec_alloc_context3 and avcodec_open2, which put the real one in its place.
 */

#define NAME "libavcodec.so.61"
#define PROMISES_MAX 64 /* kinds of codecs times two directions; FreeRDP knows 11 */
#define EXPORT __attribute__((visibility("default")))

/* All arguments are pointers or integers, so they are passed on as they came. */
typedef long (*function)(long, long, long, long, long, long);

/* One of FFmpeg's functions. */
struct entry {
	const char *name;
	_Atomic(function) found; // NULL until it is called first, or when there is no library
};

struct promise {
	struct entry *finder; // would find it
	long id;
};

static struct promise promises[PROMISES_MAX];
static size_t promise_count;
static pthread_mutex_t promise_lock = PTHREAD_MUTEX_INITIALIZER;

/* Beside libavutil, which is FFmpeg's own. False when there is no such file. */
static bool find_file(char path[static PATH_MAX])
{
	Dl_info info;
	void *symbol = dlsym(RTLD_DEFAULT, "av_frame_alloc");
	if (symbol == NULL || dladdr(symbol, &info) == 0) {
		return false;
	}
	const char *slash = strrchr(info.dli_fname, '/');
	int folder = slash != NULL ? (int)(slash - info.dli_fname) : 0;
	int size = snprintf(path, PATH_MAX, "%.*s/" NAME, folder, info.dli_fname);
	return size < PATH_MAX && access(path, R_OK) == 0;
}

/* Stays loaded: who used a codec once may do so again. */
static void *real_library;

static void load(void)
{
	char path[PATH_MAX];
	if (find_file(path)) {
		real_library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	}
}

/* NULL when it cannot be loaded. */
static function look_up(const char *name)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	function found = NULL;
	pthread_once(&once, load);
	void *symbol = real_library != NULL ? dlsym(real_library, name) : NULL;
	memcpy(&found, &symbol, sizeof(found));
	return found;
}

/* 0, which is NULL, where there is no library. */
static long call(struct entry *entry, long a, long b, long c, long d, long e, long f)
{
	function found = atomic_load(&entry->found);
	if (found == NULL) {
		found = look_up(entry->name);
		atomic_store(&entry->found, found);
	}
	return found != NULL ? found(a, b, c, d, e, f) : 0;
}

static struct promise *find_promise(struct entry *finder, long id)
{
	for (size_t i = 0; i < promise_count; i++) {
		if (promises[i].finder == finder && promises[i].id == id) {
			return &promises[i];
		}
	}
	if (promise_count == PROMISES_MAX) {
		return NULL;
	}
	promises[promise_count] = (struct promise){finder, id};
	return &promises[promise_count++];
}

static long promise(struct entry *finder, long id)
{
	char path[PATH_MAX];
	if (!find_file(path)) {
		return 0;
	}
	pthread_mutex_lock(&promise_lock);
	struct promise *made = find_promise(finder, id);
	pthread_mutex_unlock(&promise_lock);
	return (long)made;
}

static long keep_promise(long codec)
{
	const struct promise *made = (const struct promise *)codec;
	return made != NULL ? call(made->finder, made->id, 0, 0, 0, 0, 0) : 0;
}

#define FORWARD(symbol)                                                                            \
	EXPORT long symbol(long a, long b, long c, long d, long e, long f);                        \
	EXPORT long symbol(long a, long b, long c, long d, long e, long f)                         \
	{                                                                                          \
		static struct entry entry = {.name = #symbol};                                     \
		return call(&entry, a, b, c, d, e, f);                                             \
	}

FORWARD(av_packet_alloc)
FORWARD(av_packet_free)
FORWARD(av_packet_unref)
FORWARD(av_parser_close)
FORWARD(av_parser_init)
FORWARD(avcodec_fill_audio_frame)
FORWARD(avcodec_free_context)
FORWARD(avcodec_receive_frame)
FORWARD(avcodec_receive_packet)
FORWARD(avcodec_send_frame)
FORWARD(avcodec_send_packet)

EXPORT long avcodec_find_decoder(int id);
EXPORT long avcodec_find_decoder(int id)
{
	static struct entry finder = {.name = "avcodec_find_decoder"};
	return promise(&finder, id);
}

EXPORT long avcodec_find_encoder(int id);
EXPORT long avcodec_find_encoder(int id)
{
	static struct entry finder = {.name = "avcodec_find_encoder"};
	return promise(&finder, id);
}

EXPORT long avcodec_alloc_context3(long codec);
EXPORT long avcodec_alloc_context3(long codec)
{
	static struct entry entry = {.name = "avcodec_alloc_context3"};
	return call(&entry, keep_promise(codec), 0, 0, 0, 0, 0);
}

EXPORT long avcodec_open2(long context, long codec, long options);
EXPORT long avcodec_open2(long context, long codec, long options)
{
	static struct entry entry = {.name = "avcodec_open2"};
	return call(&entry, context, keep_promise(codec), options, 0, 0, 0);
}
