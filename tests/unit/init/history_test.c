// SPDX-License-Identifier: MIT
/* Random histories of a service, against what must hold whatever happens. */
#include "init/backoff.h"
#include "init/fsm.h"
#include "tests/harness/test.h"

#define HISTORIES 10000
#define STEPS 60

static unsigned long long seed = 1;

static unsigned random_below(unsigned limit)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(seed >> 33) % limit;
}

/* A service as init keeps it, and the world that it lives in. */
struct world {
	struct service_config config;
	enum service_state state;
	struct backoff backoff;
	bool is_wanted; // the last word of the person was not "stop"
	bool is_alive, is_reloading;
	bool missed_watchdog;
	uint64_t now_usec, ready_usec, deadline_usec;
	unsigned retries;
};

static bool is_clean(const struct world *world)
{
	return world->is_alive == service_has_process(world->state);
}

/* A delay of a restart is within its bounds, and never shorter than the one before in a row. */
static bool retry(struct world *world)
{
	uint64_t up_usec = service_is_up(world->state) ? world->now_usec - world->ready_usec : 0;
	unsigned before = world->backoff.deaths;
	uint64_t delay = backoff_next(&world->backoff, &world->config.restart_delay, up_usec);
	uint64_t max = world->config.restart_delay.is_set ? world->config.restart_delay.max_usec
							  : BACKOFF_MAX_USEC;
	world->deadline_usec = world->now_usec + delay;
	world->retries++;
	bool is_first = up_usec >= BACKOFF_HEALTH_USEC || before == 0;
	return delay <= max && world->backoff.deaths == (is_first ? 1 : before + 1);
}

static bool apply(struct world *world, enum service_event event)
{
	bool is_death = event >= EVENT_DIED_DONE;
	bool is_told = world->state == SERVICE_STOPPING || world->state == SERVICE_RESTARTING;
	if (event == EVENT_DIED_RETRY && !is_told && !retry(world)) {
		return false;
	}
	struct service_step step = fsm_step(world->state, event);
	if (event == EVENT_START || event == EVENT_RESTART || event == EVENT_STOP) {
		world->backoff = (struct backoff){0};
		world->is_wanted = event != EVENT_STOP;
	}
	bool is_spawn = step.action == ACTION_SPAWN;
	/* Never two main processes, never a signal to none. */
	if ((is_spawn && world->is_alive) ||
		(!is_spawn && step.action != ACTION_NONE && !world->is_alive)) {
		return false;
	}
	if (is_spawn) {
		world->is_alive = true;
		world->missed_watchdog = false;
	}
	world->missed_watchdog |= step.action == ACTION_ABORT;
	if (is_death) {
		world->is_alive = false;
	}
	if (service_is_up(step.state) && !service_is_up(world->state)) {
		world->ready_usec = world->now_usec;
	}
	world->state = step.state;
	return is_clean(world);
}

static enum service_event random_event(const struct world *world)
{
	static const int exits[] = {0, 1 << 8, 9, 15, 11};
	if (world->is_alive && random_below(3) == 0) {
		return fsm_death(&world->config, world->state, exits[random_below(5)],
			world->missed_watchdog);
	}
	enum service_event event = random_below(EVENT_DIED_DONE);
	/* Nobody listens to a oneshot. */
	bool is_deaf = world->config.type == SERVICE_ONESHOT && event == EVENT_READY;
	return is_deaf ? EVENT_TIMER : event;
}

/* Left alone, a service that is wanted and restarts always gets back to running: nothing is lost.
 */
static bool recovers(struct world *world)
{
	for (int i = 0; i < 10 && world->state != SERVICE_RUNNING; i++) {
		switch (world->state) {
		case SERVICE_WAITING:
			(void)apply(world, EVENT_GO);
			break;
		case SERVICE_STARTING:
		case SERVICE_RELOADING:
			(void)apply(world, EVENT_READY);
			break;
		case SERVICE_BACKOFF:
			(void)apply(world, EVENT_TIMER);
			break;
		case SERVICE_ABORTING:
		case SERVICE_RESTARTING:
		case SERVICE_STOPPING:
			(void)apply(world, fsm_death(&world->config, world->state, 9, false));
			break;
		case SERVICE_INACTIVE:
		case SERVICE_RUNNING:
		case SERVICE_EXITED:
		case SERVICE_FAILED:
		case SERVICE_STATE_COUNT:
			return false;
		}
	}
	return world->state == SERVICE_RUNNING;
}

static struct world random_world(void)
{
	struct world world = {
		.config.type = (int)random_below(3),
		.config.restart = (int)random_below(RESTART_ON_WATCHDOG + 1),
	};
	if (random_below(2) == 0) {
		world.config.restart_delay = (struct restart_delay){.is_set = true,
			.first_usec = 1 + random_below(1000000),
			.max_usec = 1000001 + random_below(1000000),
			.steps = 1 + random_below(20)};
	}
	return world;
}

TEST(random_histories)
{
	for (int i = 0; i < HISTORIES; i++) {
		struct world world = random_world();
		for (int step = 0; step < STEPS; step++) {
			enum service_event event = random_event(&world);
			world.now_usec += random_below(4) == 0 ? BACKOFF_HEALTH_USEC : 1000;
			CHECK(apply(&world, event));
		}
		bool is_kept = world.config.restart == RESTART_ALWAYS &&
			       world.config.type != SERVICE_ONESHOT;
		(void)apply(&world, EVENT_START);
		if (is_kept) {
			CHECK(recovers(&world));
		}
		(void)apply(&world, EVENT_STOP);
		while (world.is_alive) {
			CHECK(apply(&world, EVENT_TIMER));
			CHECK(apply(&world, fsm_death(&world.config, world.state, 9, false)));
		}
		CHECK(world.state == SERVICE_INACTIVE);
	}
}

TEST_MAIN()
