// SPDX-License-Identifier: MIT
#include "init/fsm.h"

#include <signal.h>

#include "init/backoff.h"
#include "tests/harness/test.h"

/* Rows and columns as in the enums: state*10 + action, -1 where nothing changes. */
static const int expected[SERVICE_STATE_COUNT][SERVICE_EVENT_COUNT] = {
	/* START STOP RESTART RELOAD GO SKIP REQUIRED READY RELOADING RELOADED TIMER
	 * DONE RETRY CLEAN FAILED */
	/* inactive */ {10, -1, 10, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1},
	/* waiting */ {-1, 0, -1, -1, 21, 0, 100, -1, -1, -1, -1, -1, -1, -1, -1},
	/* starting */ {-1, 92, 82, -1, -1, -1, -1, 30, -1, -1, 72, 50, 60, 0, 100},
	/* running */ {-1, 92, 82, 45, -1, -1, -1, -1, 40, -1, 74, -1, 60, 0, 100},
	/* reloading */ {-1, 92, 82, -1, -1, -1, -1, 30, -1, 30, 36, -1, 60, 0, 100},
	/* exited */ {10, 0, 10, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1},
	/* backoff */ {10, 0, 10, -1, -1, -1, -1, -1, -1, -1, 10, -1, -1, -1, -1},
	/* aborting */ {-1, 90, 80, -1, -1, -1, -1, -1, -1, -1, 73, -1, 60, -1, 100},
	/* restarting */ {-1, 90, -1, -1, -1, -1, -1, -1, -1, -1, 83, 10, 10, 10, 10},
	/* stopping */ {80, -1, 80, -1, -1, -1, -1, -1, -1, -1, 93, 0, 0, 0, 0},
	/* failed */ {10, 0, 10, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1},
};

TEST(every_state_and_event)
{
	for (int state = 0; state < SERVICE_STATE_COUNT; state++) {
		for (int event = 0; event < SERVICE_EVENT_COUNT; event++) {
			struct service_step step =
				fsm_step((enum service_state)state, (enum service_event)event);
			int want = expected[state][event];
			int want_state = want < 0 ? state : want / 10;
			int want_action = want < 0 ? ACTION_NONE : want % 10;
			if ((int)step.state != want_state || (int)step.action != want_action) {
				printf("# state %d event %d\n", state, event);
			}
			CHECK_INT(step.state, want_state);
			CHECK_INT(step.action, want_action);
		}
	}
}

#define EXIT(code) ((code) << 8)

static enum service_event death(int type, int restart, enum service_state state, int status)
{
	const struct service_config config = {.type = type, .restart = restart};
	return fsm_death(&config, state, status, false);
}

TEST(what_a_death_means)
{
	CHECK_INT(death(SERVICE_SIMPLE, RESTART_NO, SERVICE_RUNNING, EXIT(0)), EVENT_DIED_CLEAN);
	CHECK_INT(death(SERVICE_SIMPLE, RESTART_NO, SERVICE_RUNNING, EXIT(1)), EVENT_DIED_FAILED);
	CHECK_INT(death(SERVICE_SIMPLE, RESTART_NO, SERVICE_RUNNING, SIGTERM), EVENT_DIED_CLEAN);
	CHECK_INT(death(SERVICE_SIMPLE, RESTART_NO, SERVICE_RUNNING, SIGSEGV), EVENT_DIED_FAILED);
	CHECK_INT(
		death(SERVICE_SIMPLE, RESTART_ALWAYS, SERVICE_RUNNING, EXIT(0)), EVENT_DIED_RETRY);
	CHECK_INT(death(SERVICE_SIMPLE, RESTART_ON_FAILURE, SERVICE_RUNNING, EXIT(0)),
		EVENT_DIED_CLEAN);
	CHECK_INT(death(SERVICE_SIMPLE, RESTART_ON_FAILURE, SERVICE_RUNNING, EXIT(3)),
		EVENT_DIED_RETRY);
	CHECK_INT(death(SERVICE_ONESHOT, RESTART_NO, SERVICE_STARTING, EXIT(0)), EVENT_DIED_DONE);
	CHECK_INT(death(SERVICE_ONESHOT, RESTART_NO, SERVICE_STARTING, SIGTERM), EVENT_DIED_FAILED);
}

TEST(restart_is_the_table_of_systemd)
{
	/* Rows: no always on-success on-failure on-abnormal on-abort on-watchdog. */
	static const char *const want[] = {
		".....", "RRRRR", "R....", ".RRRR", "..RRR", "..R..", "....R"};
	for (int restart = RESTART_NO; restart <= RESTART_ON_WATCHDOG; restart++) {
		const struct service_config config = {.restart = restart};
		const struct {
			enum service_state state;
			int status;
			bool missed_watchdog;
		} deaths[] = {{SERVICE_RUNNING, EXIT(0), false}, {SERVICE_RUNNING, EXIT(1), false},
			{SERVICE_RUNNING, SIGSEGV, false}, {SERVICE_ABORTING, EXIT(0), false},
			{SERVICE_ABORTING, SIGABRT, true}};
		for (size_t i = 0; i < 5; i++) {
			enum service_event event = fsm_death(&config, deaths[i].state,
				deaths[i].status, deaths[i].missed_watchdog);
			CHECK_INT(event == EVENT_DIED_RETRY, want[restart][i] == 'R');
		}
	}
}

TEST(ending_before_being_ready_is_a_failure)
{
	CHECK_INT(death(SERVICE_NOTIFY, RESTART_ON_FAILURE, SERVICE_STARTING, EXIT(0)),
		EVENT_DIED_RETRY);
	CHECK_INT(death(SERVICE_NOTIFY, RESTART_NO, SERVICE_RUNNING, EXIT(0)), EVENT_DIED_CLEAN);
	CHECK_INT(death(SERVICE_SIMPLE, RESTART_NO, SERVICE_ABORTING, EXIT(0)), EVENT_DIED_FAILED);
}

TEST(restarts_at_once_then_ever_slower)
{
	struct backoff backoff = {0};
	const struct restart_delay own = {.first_usec = 100000};
	const unsigned want_msec[] = {0, 50, 100, 200, 400, 800, 1600, 3200, 5000, 5000};
	for (size_t i = 0; i < sizeof(want_msec) / sizeof(want_msec[0]); i++) {
		CHECK_INT(backoff_is_degraded(&backoff, 0), i >= 3);
		CHECK_INT(backoff_next(&backoff, &own, 1000), want_msec[i] * USEC_PER_MSEC);
	}
	for (int i = 0; i < 100000; i++) {
		CHECK_INT(backoff_next(&backoff, &own, 0), BACKOFF_MAX_USEC);
	}
}

TEST(health_forgives)
{
	struct backoff backoff = {.deaths = 7};
	const struct restart_delay own = {.first_usec = 100000};
	CHECK(backoff_is_degraded(&backoff, BACKOFF_HEALTH_USEC - 1));
	CHECK(!backoff_is_degraded(&backoff, BACKOFF_HEALTH_USEC));
	CHECK_INT(backoff_next(&backoff, &own, BACKOFF_HEALTH_USEC), 0);
	CHECK_INT(backoff.deaths, 1);
}

TEST(configured_delays_are_those_of_systemd)
{
	struct backoff backoff = {0};
	const struct restart_delay constant = {.first_usec = 700, .is_set = true};
	CHECK_INT(backoff_next(&backoff, &constant, 0), 700);
	CHECK_INT(backoff_next(&backoff, &constant, 0), 700);
	const struct restart_delay steps = {
		.first_usec = 100, .max_usec = 1600, .steps = 4, .is_set = true};
	const int want[] = {100, 200, 400, 800, 1600, 1600};
	backoff = (struct backoff){0};
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		CHECK_INT(backoff_next(&backoff, &steps, 0), want[i]);
	}
}

TEST_MAIN()
