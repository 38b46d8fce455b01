// SPDX-License-Identifier: MIT
#ifndef INIT_STATUS_H
#define INIT_STATUS_H

#include "init/supervisor.h"
#include "init/text_out.h"

/* All services at `now_usec`, for programs and for people. */
void status_json(const struct supervisor *supervisor, uint64_t now_usec, struct text_out *out);
void status_table(const struct supervisor *supervisor, uint64_t now_usec, struct text_out *out);

#endif
