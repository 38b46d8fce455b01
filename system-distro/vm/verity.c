// SPDX-License-Identifier: MIT
#include "system-distro/vm/verity.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/dm-ioctl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define SECTORS_OF_BLOCK 8
#define TABLE_MAX 512

/* One request: the head that all have, and what the table needs. */
struct request {
	struct dm_ioctl head;
	struct dm_target_spec target;
	char table[TABLE_MAX];
};

static bool ask(int control, unsigned long what, struct request *request, uint32_t flags)
{
	request->head.version[0] = DM_VERSION_MAJOR;
	request->head.data_size = sizeof(*request);
	request->head.data_start = sizeof(request->head);
	request->head.flags = flags;
	snprintf(request->head.name, sizeof(request->head.name), "sill");
	return ioctl(control, what, request) == 0;
}

static bool load(int control, const char *table, uint64_t blocks)
{
	struct request request = {.head.target_count = 1,
		.target.length = blocks * SECTORS_OF_BLOCK,
		.target.target_type = "verity"};
	if (strlen(table) >= sizeof(request.table)) {
		errno = ENAMETOOLONG;
		return false;
	}
	memcpy(request.table, table, strlen(table) + 1);
	return ask(control, DM_TABLE_LOAD, &request, DM_READONLY_FLAG);
}

bool verity_open(const char *table, uint64_t blocks)
{
	struct request create = {0}, resume = {0};
	int control = open("/dev/mapper/control", O_RDWR | O_CLOEXEC);
	bool ok = control >= 0 && ask(control, DM_DEV_CREATE, &create, DM_READONLY_FLAG) &&
		  load(control, table, blocks) && ask(control, DM_DEV_SUSPEND, &resume, 0);
	int reason = errno;
	if (control >= 0) {
		close(control);
	}
	errno = reason;
	return ok;
}
