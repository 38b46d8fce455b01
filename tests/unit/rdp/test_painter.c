// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "compositor-glue/rdp/gfx_pdu.h"
#include "compositor-glue/rdp/painter.h"
#include "tests/harness/any.h"
#include "tests/harness/test.h"
#include "tests/unit/rdp/client_model.h"

#define WIDTH 320
#define HEIGHT 240
#define WINDOW 5
#define BUDGET ((size_t)1 << 24)
#define PATIENCE_MS 20000

/* A compositor's memory, as a window shows it, and the client. */
struct scene {
	struct painter painter;
	struct model *model;
	uint32_t *pixels; // ours, writable
	struct buffer buffer; // theirs
	struct surface *surface;
	uint16_t id;
	uint32_t frames;
};

static uint32_t seed = 1;

static uint32_t any(uint32_t below)
{
	return any_below(&seed, below);
}

static bool begin(struct scene *scene)
{
	size_t size = (size_t)WIDTH * HEIGHT * 4;
	*scene = (struct scene){.model = model_create()};
	int fd = memfd_create("painter", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0 || ftruncate(fd, (off_t)size) < 0 || fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK) < 0) {
		return false;
	}
	scene->pixels = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	return scene->pixels != MAP_FAILED &&
	       buffer_map(&scene->buffer, fd, WIDTH, HEIGHT, WIDTH * 4) &&
	       painter_init(&scene->painter);
}

static void end(struct scene *scene)
{
	painter_finish(&scene->painter);
	surface_release(scene->surface);
	buffer_unmap(&scene->buffer);
	munmap(scene->pixels, (size_t)WIDTH * HEIGHT * 4);
	model_destroy(scene->model);
}

static void make_noise(struct scene *scene)
{
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		scene->pixels[i] = UINT32_C(0xff000000) | any(1 << 24);
	}
}

static void draw_bar(struct scene *scene)
{
	uint32_t colour = UINT32_C(0xff000000) | any(1 << 24), top = any(HEIGHT - 20);
	for (uint32_t i = top * WIDTH; i < (top + 20) * WIDTH; i++) {
		scene->pixels[i] = colour;
	}
}

/* Hands over the whole window, in a new surface when it is to get one. */
static void start(struct scene *scene, bool fresh)
{
	struct frame *frame = &scene->painter.frame;
	struct paint *paint = frame_add(frame);
	frame->id = ++scene->frames;
	frame->budget = BUDGET;
	paint->window = WINDOW;
	paint->buffer = buffer_share(&scene->buffer);
	if (fresh) {
		paint->fresh = true;
		paint->old = scene->surface;
		scene->surface = surface_create(++scene->id, WIDTH, HEIGHT, false);
	}
	paint->surface = surface_share(scene->surface);
	paint->damage[0] = (struct rect){0, 0, WIDTH, HEIGHT};
	paint->damage_count = 1;
	/* By the thread, and by the loop itself. */
	scene->painter.took_us = scene->frames % 2 == 0 ? 0 : PAINTER_QUICK_US;
	painter_start(&scene->painter);
}

/* What the loop does: sleeps until it is told, then takes the frame. */
static bool take(struct scene *scene)
{
	struct pollfd fd = {.fd = scene->painter.done_fd, .events = POLLIN};
	return poll(&fd, 1, PATIENCE_MS) == 1 && painter_take(&scene->painter);
}

static bool deliver(struct scene *scene)
{
	struct frame *frame = &scene->painter.frame;
	bool sound = !frame->message.failed &&
		     (frame->message.length == 0 || model_receive(scene->model, frame->message.data,
							    frame->message.length));
	frame_clear(frame);
	return sound;
}

static bool same(const struct scene *scene)
{
	const struct model_surface *shown = model_surface(scene->model, scene->id);
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		if (((shown->pixels[i] ^ scene->pixels[i]) & 0xffffff) != 0) {
			return false;
		}
	}
	return true;
}

TEST(frames_come_back_one_by_one)
{
	struct scene scene;
	CHECK(begin(&scene));
	for (int i = 0; i < 100; i++) {
		if (i % 3 == 0) {
			make_noise(&scene);
		} else {
			draw_bar(&scene);
		}
		CHECK(!painter_take(&scene.painter));
		start(&scene, i % 10 == 0);
		CHECK(take(&scene));
		CHECK(scene.painter.frame.shown);
		CHECK(!scene.painter.frame.paints[0].starved);
		CHECK(deliver(&scene));
		CHECK(same(&scene));
		CHECK(!painter_wait(&scene.painter));
	}
	end(&scene);
}

TEST(nothing_new_is_no_frame)
{
	struct scene scene;
	CHECK(begin(&scene));
	make_noise(&scene);
	start(&scene, true);
	CHECK(take(&scene) && deliver(&scene));
	start(&scene, false);
	CHECK(take(&scene));
	CHECK(!scene.painter.frame.shown);
	CHECK_INT(scene.painter.frame.message.length, 0);
	CHECK(deliver(&scene));
	end(&scene);
}

TEST(commands_go_in_order_with_frames)
{
	struct scene scene;
	struct rect corner = {0, 0, 10, 10};
	CHECK(begin(&scene));
	start(&scene, true);
	CHECK(painter_wait(&scene.painter) && deliver(&scene));
	for (int i = 0; i < 20; i++) {
		/* At once, and before a frame that does not look there. */
		gfx_pdu_solid_fill(&scene.painter.frame.commands, scene.id, 0xff123456, &corner);
		painter_run(&scene.painter);
		CHECK(deliver(&scene));
		gfx_pdu_solid_fill(&scene.painter.frame.commands, scene.id, 0xff000000, &corner);
		start(&scene, false);
		CHECK(painter_wait(&scene.painter) && deliver(&scene));
		CHECK(same(&scene));
	}
	end(&scene);
}

/* The window goes, or gets another size and other memory, while its frame is under way. */
TEST(what_a_frame_holds_may_be_given_up)
{
	struct scene scene;
	CHECK(begin(&scene));
	for (int i = 0; i < 20; i++) {
		struct buffer once = buffer_share(&scene.buffer);
		start(&scene, true);
		buffer_unmap(&once);
		surface_release(scene.surface);
		scene.surface = NULL;
		CHECK(take(&scene) && deliver(&scene));
		gfx_pdu_delete_surface(&scene.painter.frame.commands, scene.id);
	}
	end(&scene);
}

TEST(it_may_end_at_any_time)
{
	for (int i = 0; i < 20; i++) {
		struct scene scene;
		CHECK(begin(&scene));
		make_noise(&scene);
		if (i > 0) {
			start(&scene, true);
		}
		end(&scene);
	}
}

/* More windows than fit: those for which there was no room are told apart, and come later. */
TEST(a_starved_window_catches_up)
{
	struct scene scene;
	struct rect all = {0, 0, WIDTH, HEIGHT};
	CHECK(begin(&scene));
	make_noise(&scene);
	struct surface *other = surface_create(99, WIDTH, HEIGHT, false);
	start(&scene, true);
	CHECK(take(&scene) && deliver(&scene));
	make_noise(&scene);
	struct frame *frame = &scene.painter.frame;
	for (int i = 0; i < 2; i++) {
		struct paint *paint = frame_add(frame);
		paint->window = WINDOW + (uint32_t)i;
		paint->buffer = buffer_share(&scene.buffer);
		paint->fresh = i == 1;
		paint->surface = surface_share(i == 1 ? other : scene.surface);
		paint->damage[0] = all;
		paint->damage_count = 1;
	}
	frame->budget = 1000;
	painter_start(&scene.painter);
	CHECK(take(&scene));
	CHECK(!frame->paints[0].starved);
	CHECK(frame->paints[1].starved);
	CHECK(deliver(&scene));
	CHECK(other->behind.marked > 0);
	surface_release(other);
	end(&scene);
}

TEST(a_frame_has_room_for_so_many_windows)
{
	static struct frame frame;
	for (int i = 0; i < FRAME_PAINTS; i++) {
		CHECK(frame_add(&frame) != NULL);
	}
	CHECK(frame_add(&frame) == NULL);
	frame_finish(&frame);
}

TEST_MAIN()
