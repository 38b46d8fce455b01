// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/inbox.h"

#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

int inbox_init(struct inbox *inbox)
{
	*inbox = (struct inbox){.wake_fd = -1};
	pthread_mutex_init(&inbox->lock, NULL);
	inbox->items = calloc(INBOX_LIMIT, sizeof(inbox->items[0]));
	inbox->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	return inbox->items != NULL && inbox->wake_fd >= 0 ? 0 : -1;
}

void inbox_item_finish(struct inbox_item *item)
{
	free(item->text);
	free(item->monitors);
}

void inbox_finish(struct inbox *inbox)
{
	struct inbox_item item;
	while (inbox->items != NULL && inbox_take(inbox, &item)) {
		inbox_item_finish(&item);
	}
	free(inbox->items);
	if (inbox->wake_fd >= 0) {
		close(inbox->wake_fd);
	}
	pthread_mutex_destroy(&inbox->lock);
}

bool inbox_put(struct inbox *inbox, struct inbox_item item)
{
	pthread_mutex_lock(&inbox->lock);
	bool fits = inbox->count < INBOX_LIMIT;
	if (fits) {
		inbox->items[(inbox->first + inbox->count++) % INBOX_LIMIT] = item;
	} else {
		inbox->overflowed = true;
	}
	pthread_mutex_unlock(&inbox->lock);
	if (!fits) {
		inbox_item_finish(&item);
	}
	eventfd_write(inbox->wake_fd, 1);
	return fits;
}

bool inbox_take(struct inbox *inbox, struct inbox_item *item)
{
	eventfd_t ignored;
	pthread_mutex_lock(&inbox->lock);
	bool got = inbox->count > 0;
	if (got) {
		*item = inbox->items[inbox->first];
		inbox->first = (inbox->first + 1) % INBOX_LIMIT;
		inbox->count--;
	} else {
		eventfd_read(inbox->wake_fd, &ignored);
	}
	pthread_mutex_unlock(&inbox->lock);
	return got;
}
