// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_DOCTOR_H
#define SYSTEM_DISTRO_SILL_DOCTOR_H

#include <stdbool.h>
#include <stddef.h>

#define FACT_MAX 128

/* What this machine has of what sill can use. A text that is "" is not there. */
struct doctor_facts {
	bool is_root;
	char screen[FACT_MAX]; // the first that is connected, as /sys/class/drm calls it
	char input[FACT_MAX]; // a keyboard, mouse or the like
	bool has_bubblewrap; // and it makes namespaces for this user
	bool has_loop; // devices, and erofs in the kernel or as a module
	bool has_erofsfuse; // and /dev/fuse
	bool has_qemu;
	bool has_kvm; // for this user
	char client[FACT_MAX]; // FreeRDP's
	char display[FACT_MAX]; // X display
};

struct doctor_finding {
	const char *name;
	bool is_good;
	bool is_needed; // nothing goes without it
	char text[2 * FACT_MAX]; // what is so, or what to do
};

#define DOCTOR_FINDINGS 7

/* What becomes of the facts: the profiles first, then what runs an image and shows it. */
void doctor_judge(const struct doctor_facts *facts, struct doctor_finding ret[DOCTOR_FINDINGS]);

/* Whether everything is there that is needed. */
bool doctor_is_well(const struct doctor_finding findings[DOCTOR_FINDINGS]);

#endif
