// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_TELLER_H
#define COMPOSITOR_GLUE_RDP_TELLER_H

#include "compositor-glue/rdp/bytes.h"
#include "compositor-glue/rdp/listener.h"

#include <stddef.h>

struct loop;
struct session;

/*
 * Tells how windows were sent: whoever connects to the socket "frames" gets a JSON document. One at
 * a time; who does not read keeps only others that ask waiting.
 */
struct teller {
	struct listener listener; // no socket when nobody can ask
	int fd; // who asked, or -1
	struct bytes text;
	size_t told; // of the text
	size_t watched; // loop key
};

void teller_init(struct teller *teller);
void teller_finish(struct teller *teller);

/* Before and after the loop waits. The session may be NULL. */
void teller_prepare(struct teller *teller, struct loop *loop);
void teller_dispatch(struct teller *teller, const struct loop *loop, const struct session *session);

#endif
