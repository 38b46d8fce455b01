// SPDX-License-Identifier: MIT
#ifndef INIT_STATUS_H
#define INIT_STATUS_H

#include "init/supervisor.h"
#include "init/text_out.h"

/* All services at `now_usec`, as JSON. */
void status_json(const struct supervisor *supervisor, uint64_t now_usec, struct text_out *out);

/* What has become of one service, as a line of JSON. */
void status_event(const struct supervisor *supervisor, const struct service *service,
	uint64_t now_usec, struct text_out *out);

#endif
