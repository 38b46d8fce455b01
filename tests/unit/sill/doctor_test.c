// SPDX-License-Identifier: MIT
#include "system-distro/sill/doctor.h"

#include "tests/harness/test.h"

static struct doctor_finding findings[DOCTOR_FINDINGS];

/* What is said of one thing; NULL when nothing is. */
static const struct doctor_finding *judged(const struct doctor_facts *facts, const char *name)
{
	doctor_judge(facts, findings);
	for (size_t i = 0; i < DOCTOR_FINDINGS; i++) {
		if (strcmp(findings[i].name, name) == 0) {
			return &findings[i];
		}
	}
	return NULL;
}

TEST(windows_fit_everywhere)
{
	const struct doctor_facts facts = {.is_root = false};
	CHECK(judged(&facts, "windows")->is_good);
}

TEST(a_desktop_wants_a_screen)
{
	struct doctor_facts facts = {.input = "AT keyboard"};
	CHECK(!judged(&facts, "kms")->is_good);
	strcpy(facts.screen, "card0-DP-1");
	CHECK(judged(&facts, "kms")->is_good);
	CHECK_STR(judged(&facts, "kms")->text, "on card0-DP-1, with AT keyboard");
	facts.input[0] = '\0';
	CHECK_STR(judged(&facts, "kms")->text, "on card0-DP-1, but without a keyboard or a mouse");
}

TEST(nothing_runs_without_namespaces)
{
	struct doctor_facts facts = {.has_qemu = true};
	CHECK(!judged(&facts, "bubblewrap")->is_good);
	CHECK(!doctor_is_well(findings));
	facts.has_bubblewrap = true;
	doctor_judge(&facts, findings);
	CHECK(doctor_is_well(findings));
}

TEST(how_an_image_is_opened)
{
	struct doctor_facts facts = {.is_root = true, .has_erofsfuse = true};
	CHECK(!judged(&facts, "image")->is_good);
	facts.has_loop = true;
	CHECK_STR(judged(&facts, "image")->text, "mounted on a loop device");
	facts.is_root = false;
	CHECK_STR(judged(&facts, "image")->text, "mounted by erofsfuse");
	facts.has_erofsfuse = false;
	CHECK(judged(&facts, "image")->is_good);
}

TEST(what_shows_it_may_be_elsewhere)
{
	struct doctor_facts facts = {.has_bubblewrap = true, .has_kvm = true};
	CHECK(!judged(&facts, "client")->is_good);
	CHECK(!judged(&facts, "qemu")->is_good);
	CHECK(doctor_is_well(findings));
	facts.has_qemu = true;
	CHECK_STR(judged(&facts, "qemu")->text, "with KVM");
}

TEST_MAIN()
