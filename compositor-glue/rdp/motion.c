// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/motion.h"

#include <stdbool.h>
#include <string.h>

#define PROBES 4
#define PROBE_WIDTH 32
#define LINES_MAX 4096 /* of an area that are looked at */
#define REACH 256 /* lines outside the area that something may have come from */
#define TABLE_SIZE 16384
#define CELL 64 /* the pixels that are verified at once */
#define VOTES_MIN 6
#define VOTES (2 * (LINES_MAX + REACH) + 1)
#define NO_LINE INT32_MIN

/* The same for both directions: a line is a row, or a column, of the area. */
struct axis {
	const struct image *now, *before;
	struct rect area;
	bool sideways;
	int32_t lines, across;
	int32_t first, end; // of the old lines, which may lie outside the area
};

static uint64_t mix(uint64_t hash, uint32_t pixel)
{
	hash = (hash ^ pixel) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

/* Lines from `first` on, each `width` pixels at `at`; always row by row, as memory lies. */
static void hash_lines(const struct axis *axis, const struct image *image, int32_t first,
	int32_t end, int32_t at, int32_t width, uint64_t *hashes)
{
	int32_t rows = axis->sideways ? width : end - first;
	memset(hashes, 0, (size_t)(end - first) * sizeof(*hashes));
	for (int32_t y = 0; y < rows; y++) {
		if (axis->sideways) {
			const uint32_t *row =
				image_row(image, axis->area.x + first, axis->area.y + at + y);
			for (int32_t i = 0; i < end - first; i++) {
				hashes[i] = mix(hashes[i], row[i]);
			}
		} else {
			const uint32_t *row =
				image_row(image, axis->area.x + at, axis->area.y + first + y);
			for (int32_t i = 0; i < width; i++) {
				hashes[y] = mix(hashes[y], row[i]);
			}
		}
	}
	for (int32_t i = 0; i < end - first; i++) {
		hashes[i] |= 1; /* 0 is for a free place in the table */
	}
}

struct table {
	uint64_t hash[TABLE_SIZE];
	int32_t line[TABLE_SIZE]; // NO_LINE: more than one
};

static size_t table_find(const struct table *table, uint64_t hash)
{
	size_t i = hash >> 13 & (TABLE_SIZE - 1);
	while (table->hash[i] != 0 && table->hash[i] != hash) {
		i = (i + 1) & (TABLE_SIZE - 1);
	}
	return i;
}

/* One probe's votes, by distance from -LINES_MAX - REACH on. */
static void probe(const struct axis *axis, int32_t at, int32_t width, uint16_t *votes)
{
	static _Thread_local struct table table;
	static _Thread_local uint64_t hashes[LINES_MAX + 2 * REACH];
	memset(table.hash, 0, sizeof(table.hash));
	hash_lines(axis, axis->before, axis->first, axis->end, at, width, hashes);
	for (int32_t line = axis->first; line < axis->end; line++) {
		uint64_t hash = hashes[line - axis->first];
		size_t i = table_find(&table, hash);
		table.line[i] = table.hash[i] == 0 ? line : NO_LINE;
		table.hash[i] = hash;
	}
	hash_lines(axis, axis->now, 0, axis->lines, at, width, hashes);
	for (int32_t line = 0; line < axis->lines; line++) {
		size_t i = table_find(&table, hashes[line]);
		if (table.hash[i] != 0 && table.line[i] != NO_LINE) {
			votes[line - table.line[i] + LINES_MAX + REACH]++;
		}
	}
}

/* The distance that most lines went; 0 when there is none. */
static int32_t best_distance(const struct axis *axis)
{
	static _Thread_local uint16_t votes[VOTES];
	memset(votes, 0, sizeof(votes));
	int32_t width = axis->across < PROBE_WIDTH ? axis->across : PROBE_WIDTH;
	for (int32_t i = 0; i < PROBES; i++) {
		int32_t room = axis->across - width;
		probe(axis, room * (2 * i + 1) / (2 * PROBES), width, votes);
		if (room == 0) {
			break;
		}
	}
	int32_t still = LINES_MAX + REACH, best = still;
	for (int32_t i = 0; i < VOTES; i++) {
		if (i != still && votes[i] >= VOTES_MIN &&
			(best == still || votes[i] > votes[best])) {
			best = i;
		}
	}
	return best - still;
}

/* verification: a grid of cells, CELL pixels across, one line each */

/* Which of these lines are the old ones, moved, in `width` pixels at `at`. */
static void compare_lines(const struct axis *axis, int32_t distance, int32_t first, int32_t end,
	int32_t at, int32_t width, uint8_t *same)
{
	const struct rect *area = &axis->area;
	memset(same, 1, (size_t)(end - first));
	for (int32_t line = first; line < end && !axis->sideways; line++) {
		same[line - first] =
			memcmp(image_row(axis->now, area->x + at, area->y + line),
				image_row(axis->before, area->x + at, area->y + line - distance),
				(size_t)width * 4) == 0;
	}
	for (int32_t y = 0; y < width && axis->sideways; y++) {
		const uint32_t *now = image_row(axis->now, area->x + first, area->y + at + y);
		const uint32_t *before =
			image_row(axis->before, area->x + first - distance, area->y + at + y);
		for (int32_t i = 0; i < end - first; i++) {
			same[i] &= now[i] == before[i];
		}
	}
}

struct run {
	int32_t first, end; // lines, where they are now
};

/* The longest run of lines that are the old ones, moved, in the cells at `at`. */
static struct run longest_run(const struct axis *axis, int32_t distance, int32_t at, int32_t width)
{
	static _Thread_local uint8_t same[LINES_MAX];
	struct run best = {0, 0};
	int32_t first = axis->first + distance > 0 ? axis->first + distance : 0;
	int32_t end = axis->end + distance < axis->lines ? axis->end + distance : axis->lines;
	if (first >= end) {
		return best;
	}
	compare_lines(axis, distance, first, end, at, width, same);
	struct run run = {first, first};
	for (int32_t line = first; line <= end; line++) {
		if (line < end && same[line - first]) {
			continue;
		}
		run.end = line;
		if (run.end - run.first > best.end - best.first) {
			best = run;
		}
		run.first = line + 1;
	}
	return best;
}

static void add_move(struct motion *motion, const struct axis *axis, int32_t distance,
	const struct run *run, int32_t at, int32_t width)
{
	int64_t pixels = (int64_t)(run->end - run->first) * width;
	if (motion->count == MOTION_MOVES || pixels < MOTION_PIXELS_MIN) {
		return;
	}
	int32_t from = run->first - distance, length = run->end - run->first;
	struct move *move = &motion->moves[motion->count++];
	if (axis->sideways) {
		move->from = (struct rect){axis->area.x + from, axis->area.y + at, length, width};
		move->dx = distance;
		move->dy = 0;
	} else {
		move->from = (struct rect){axis->area.x + at, axis->area.y + from, width, length};
		move->dx = 0;
		move->dy = distance;
	}
}

/* Is taking the shorter of two runs for both no loss to speak of? */
static bool alike(const struct run *a, const struct run *b, struct run *both)
{
	both->first = a->first > b->first ? a->first : b->first;
	both->end = a->end < b->end ? a->end : b->end;
	int32_t longer =
		a->end - a->first > b->end - b->first ? a->end - a->first : b->end - b->first;
	return longer > 0 && both->end - both->first >= longer - longer / 16;
}

/* Moves do not overlap across, so in any order each reads what was there before. */
static void collect(struct motion *motion, const struct axis *axis, int32_t distance)
{
	struct run run = {0, 0};
	int32_t begun = 0;
	for (int32_t at = 0; at < axis->across; at += CELL) {
		int32_t width = axis->across - at < CELL ? axis->across - at : CELL;
		struct run next = longest_run(axis, distance, at, width), both;
		if (alike(&run, &next, &both)) {
			run = both;
			continue;
		}
		add_move(motion, axis, distance, &run, begun, at - begun);
		run = next;
		begun = at;
	}
	add_move(motion, axis, distance, &run, begun, axis->across - begun);
}

static bool find_along(struct motion *motion, struct axis *axis, bool sideways)
{
	axis->sideways = sideways;
	axis->lines = sideways ? axis->area.width : axis->area.height;
	axis->across = sideways ? axis->area.height : axis->area.width;
	int32_t start = sideways ? axis->area.x : axis->area.y;
	int32_t size = sideways ? axis->before->width : axis->before->height;
	axis->first = start < REACH ? -start : -REACH;
	axis->end = size - start < axis->lines + REACH ? size - start : axis->lines + REACH;
	if (axis->lines > LINES_MAX) {
		return false;
	}
	int32_t distance = best_distance(axis);
	if (distance != 0) {
		collect(motion, axis, distance);
	}
	return motion->count > 0;
}

void motion_find(struct motion *motion, const struct image *now, const struct image *before,
	const struct rect *area)
{
	struct axis axis = {.now = now, .before = before, .area = *area};
	motion->count = 0;
	if ((int64_t)area->width * area->height < MOTION_PIXELS_MIN) {
		return;
	}
	if (!find_along(motion, &axis, false)) {
		find_along(motion, &axis, true);
	}
}
