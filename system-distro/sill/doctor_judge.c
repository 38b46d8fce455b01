// SPDX-License-Identifier: MIT
#include <stdarg.h>
#include <stdio.h>

#include "system-distro/sill/doctor.h"

__attribute__((format(printf, 4, 5))) static struct doctor_finding finding(
	const char *name, bool is_good, bool is_needed, const char *format, ...)
{
	struct doctor_finding made = {.name = name, .is_good = is_good, .is_needed = is_needed};
	va_list args;
	va_start(args, format);
	vsnprintf(made.text, sizeof(made.text), format, args);
	va_end(args);
	return made;
}

/* It fits where init's own profile auto would choose it: a keyboard may still be plugged in. */
static struct doctor_finding judge_kms(const struct doctor_facts *facts)
{
	if (facts->screen[0] == '\0') {
		return finding("kms", false, false, "no screen is connected to this machine");
	}
	return finding("kms", true, false, "on %s, %s%s", facts->screen,
		facts->input[0] != '\0' ? "with " : "but without a keyboard or a mouse",
		facts->input);
}

static struct doctor_finding judge_image(const struct doctor_facts *facts)
{
	if (facts->is_root && !facts->has_loop) {
		return finding("image", false, false,
			"this kernel has no loop devices or no erofs: run the tree beside an "
			"image");
	}
	return finding("image", true, false, "%s",
		facts->is_root         ? "mounted on a loop device"
		: facts->has_erofsfuse ? "mounted by erofsfuse"
				       : "the tree beside it; with erofsfuse the image itself");
}

static struct doctor_finding judge_qemu(const struct doctor_facts *facts)
{
	if (!facts->has_qemu) {
		return finding("qemu", false, false, "install qemu-system-x86");
	}
	return finding("qemu", true, false, "%s",
		facts->has_kvm ? "with KVM" : "without KVM: this user cannot open /dev/kvm");
}

void doctor_judge(const struct doctor_facts *facts, struct doctor_finding ret[DOCTOR_FINDINGS])
{
	ret[0] = finding("windows", true, true, "needs no hardware");
	ret[1] = judge_kms(facts);
	ret[2] = finding("bubblewrap", facts->has_bubblewrap, true, "%s",
		facts->has_bubblewrap
			? "makes namespaces"
			: "install bubblewrap; if it is there, this user may make no namespaces");
	ret[3] = judge_image(facts);
	ret[4] = judge_qemu(facts);
	ret[5] = finding("client", facts->client[0] != '\0', false, "%s",
		facts->client[0] != '\0'
			? facts->client
			: "install FreeRDP's, 3.32 or newer, or use one elsewhere");
	ret[6] = finding("display", facts->display[0] != '\0', false, "%s",
		facts->display[0] != '\0' ? facts->display
					  : "DISPLAY is not set: sill connect shows windows there");
}

bool doctor_is_well(const struct doctor_finding findings[DOCTOR_FINDINGS])
{
	bool is_well = true;
	for (size_t i = 0; i < DOCTOR_FINDINGS; i++) {
		is_well = is_well && (findings[i].is_good || !findings[i].is_needed);
	}
	return is_well;
}
