// SPDX-License-Identifier: MIT
#ifndef TESTS_UNIT_RDP_DRAWING_H
#define TESTS_UNIT_RDP_DRAWING_H

#include "compositor-glue/rdp/rect.h"
#include "tests/unit/rdp/scene.h"

#include <stdint.h>

/* What an application draws into a scene; by chance, and the same each time. */

uint32_t draw_any(uint32_t below);

void draw_fill(struct scene *scene, struct rect rect, uint32_t colour);

/* Letters: the same few shapes in two colours and one in between. */
void draw_text(struct scene *scene, struct rect rect);
void draw_noise(struct scene *scene, struct rect rect);
void draw_gradient(struct scene *scene, struct rect rect);
void draw_scroll(struct scene *scene, struct rect rect, int32_t dx, int32_t dy);

/* One of these, anywhere. */
void draw_something(struct scene *scene);

/* A film: smooth, with a little grain. */
void draw_film(struct scene *scene, struct rect rect, uint32_t frame);

/* Two colours, no two neighbours the same: as icons and hatched controls are. */
void draw_checks(struct scene *scene, struct rect rect, uint32_t frame);

#endif
