// SPDX-License-Identifier: MIT
#include "rootfs-manifest/trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "rootfs-manifest/base.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/process.h"
#include "rootfs-manifest/work.h"

#define INIT "usr/lib/sill/sill-init"

static bool runs_here(const char *arch)
{
	struct utsname here;
	const char *machine = base_machine(arch);
	uname(&here);
	return machine != NULL && strcmp(machine, here.machine) == 0;
}

static bool try_services(
	const char *init, const char *folder, const char *services, struct error *err)
{
	char *units = mem_print("%s%s", folder, services);
	const char *const argv[] = {init, "--check", units, NULL};
	struct error why;
	bool ok = process_run(argv, &why) ||
		  fail(err, "the services in %s are not right: %s", services, why.text);
	free(units);
	return ok;
}

bool trial_services(const void *data, const char *folder, struct error *err)
{
	const struct work *work = data;
	const struct strings *services = &work->manifest.services;
	if (services->count != 0 && !runs_here(work->arch)) {
		fprintf(stderr, "sill: notice: the services are not checked: init is %s\n",
			work->arch);
		return true;
	}
	char *init = mem_print("%s/" INIT, folder);
	bool ok = services->count == 0 || disk_exists(init) ||
		  fail(err, "services: there is no /" INIT " in the image to check them");
	for (size_t i = 0; ok && i < services->count; i++) {
		ok = try_services(init, folder, services->items[i], err);
	}
	free(init);
	return ok;
}
