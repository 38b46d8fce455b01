// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/painter.h"

#include <sys/eventfd.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "compositor-glue/rdp/loop.h"

/* Waits for a turn other than this one, which is then returned. */
static enum painter_turn turn_after(struct painter *painter, enum painter_turn turn)
{
	pthread_mutex_lock(&painter->lock);
	while (painter->turn == turn) {
		pthread_cond_wait(&painter->changed, &painter->lock);
	}
	turn = painter->turn;
	pthread_mutex_unlock(&painter->lock);
	return turn;
}

static void set_turn(struct painter *painter, enum painter_turn turn)
{
	pthread_mutex_lock(&painter->lock);
	painter->turn = turn;
	pthread_cond_broadcast(&painter->changed);
	pthread_mutex_unlock(&painter->lock);
}

/* Told under the lock: who hears of it finds it so. */
static void tell_done(struct painter *painter)
{
	pthread_mutex_lock(&painter->lock);
	if (painter->turn == PAINTER_ENCODES) {
		painter->turn = PAINTER_WAITS;
	}
	eventfd_write(painter->done_fd, 1);
	pthread_cond_broadcast(&painter->changed);
	pthread_mutex_unlock(&painter->lock);
}

static int64_t spent_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void encode(struct painter *painter)
{
	int64_t begun = spent_us();
	frame_encode(&painter->frame, &painter->encoder, &painter->zgfx);
	painter->took_us = spent_us() - begun;
}

static void *run(void *data)
{
	struct painter *painter = data;
	/* Of this thread alone. Where it is not allowed, pictures are as urgent as sound. */
	(void)setpriority(PRIO_PROCESS, 0, PAINTER_NICE);
	while (turn_after(painter, PAINTER_WAITS) == PAINTER_ENCODES) {
		encode(painter);
		tell_done(painter);
	}
	return NULL;
}

bool painter_init(struct painter *painter)
{
	*painter = (struct painter){.watched = LOOP_NOT_WATCHED};
	pthread_mutex_init(&painter->lock, NULL);
	pthread_cond_init(&painter->changed, NULL);
	painter->done_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	painter->encoder.lossy = progressive_encode;
	painter->encoder.lossy_data = &painter->progressive;
	painter->has_thread = painter->done_fd >= 0 && encoder_init(&painter->encoder) &&
			      zgfx_init(&painter->zgfx) &&
			      pthread_create(&painter->thread, NULL, run, painter) == 0;
	return painter->has_thread;
}

void painter_finish(struct painter *painter)
{
	if (painter->has_thread) {
		set_turn(painter, PAINTER_ENDS);
		pthread_join(painter->thread, NULL);
	}
	frame_finish(&painter->frame);
	encoder_finish(&painter->encoder);
	progressive_finish(&painter->progressive);
	zgfx_finish(&painter->zgfx);
	if (painter->done_fd >= 0) {
		close(painter->done_fd);
	}
	pthread_cond_destroy(&painter->changed);
	pthread_mutex_destroy(&painter->lock);
}

void painter_start(struct painter *painter)
{
	painter->busy = true;
	if (painter->took_us >= PAINTER_QUICK_US) {
		set_turn(painter, PAINTER_ENCODES);
	} else {
		/* Waking another thread would take longer, and a key waits for that. */
		encode(painter);
		eventfd_write(painter->done_fd, 1);
	}
}

bool painter_take(struct painter *painter)
{
	eventfd_t ignored;
	if (!painter->busy) {
		return false;
	}
	pthread_mutex_lock(&painter->lock);
	bool done = painter->turn == PAINTER_WAITS;
	pthread_mutex_unlock(&painter->lock);
	if (done) {
		eventfd_read(painter->done_fd, &ignored);
		painter->busy = false;
	}
	return done;
}

bool painter_wait(struct painter *painter)
{
	if (painter->busy) {
		(void)turn_after(painter, PAINTER_ENCODES);
	}
	return painter_take(painter);
}

void painter_run(struct painter *painter)
{
	frame_encode(&painter->frame, &painter->encoder, &painter->zgfx);
}
