// SPDX-License-Identifier: MIT
#include "init/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init/cgroup.h"
#include "init/directory.h"
#include "init/format.h"
#include "init/landlock.h"
#include "init/values.h"

static int write_number(const char *path, long number)
{
	char text[16];
	size_t length = format_text(text, sizeof(text), "%ld", number);
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	int error = write(fd, text, length) < 0 ? errno : 0;
	close(fd);
	return -error;
}

int confine_oom_score(const struct spawn_job *job)
{
	long score = job->unit->service.oom_score;
	return score != NUMBER_UNSET ? write_number("/proc/self/oom_score_adj", score) : 0;
}

/*
 * A service is a session, and a session is a group of its own to the scheduler (sched(7), autogroup):
 * in it a nice value says nothing to the other sessions, unless the group has it, too.
 */
int confine_nice(const struct spawn_job *job)
{
	long nice = job->unit->service.nice;
	if (nice == NUMBER_UNSET) {
		return 0;
	}
	if (setpriority(PRIO_PROCESS, 0, (int)nice) < 0) {
		return -errno;
	}
	int error = write_number("/proc/self/autogroup", nice);
	/* A kernel without such groups, or one that was told to make none. */
	return error == -ENOENT || error == -EINVAL ? 0 : error;
}

int confine_scheduling(const struct spawn_job *job)
{
	const struct service_config *config = &job->unit->service;
	bool is_realtime = config->cpu_policy == SCHED_FIFO || config->cpu_policy == SCHED_RR;
	struct sched_param parameter = {0};
	if (config->cpu_policy == SCHED_OTHER) {
		return 0;
	}
	if (is_realtime) {
		parameter.sched_priority =
			config->cpu_priority == NUMBER_UNSET ? 1 : (int)config->cpu_priority;
	}
	/* musl's own refuses, as it would have to do so for every thread. */
	return syscall(SYS_sched_setscheduler, 0, config->cpu_policy, &parameter) < 0 ? -errno : 0;
}

int confine_limits(const struct spawn_job *job)
{
	const struct service_config *config = &job->unit->service;
	for (size_t i = 0; i < config->limit_count; i++) {
		const struct resource_limit *limit = &config->limits[i];
		const uint64_t value[2] = {limit->soft, limit->hard}; // as the kernel has it
		if (syscall(SYS_prlimit64, 0, limit->resource, value, NULL) < 0) {
			return -errno;
		}
	}
	return 0;
}

int confine_group(const struct spawn_job *job)
{
	return cgroup_enter(job->cgroup, job->unit);
}

static int make_directories(const struct identity *identity, const char *root,
	const struct text_list *names, mode_t mode)
{
	char path[DIRECTORY_PATH_MAX];
	uid_t uid = identity->is_switched ? identity->account.uid : OWNER_KEEP;
	gid_t gid = identity->is_switched ? identity->account.gid : OWNER_KEEP;
	for (size_t i = 0; i < names->count; i++) {
		format_text(path, sizeof(path), "%s/%s", root, names->items[i]);
		int result = directory_make_parents(path, 0755);
		if (result == 0) {
			result = directory_make(path, mode, uid, gid);
		}
		if (result < 0) {
			return result;
		}
	}
	return 0;
}

int confine_directories(const struct spawn_job *job)
{
	const struct service_config *config = &job->unit->service;
	int result =
		make_directories(job->identity, SPAWN_STATE_ROOT, &config->state_directories, 0700);
	return result < 0 ? result
			  : make_directories(job->identity, SPAWN_RUNTIME_ROOT,
				    &config->runtime_directories, 0755);
}

/* A network of its own has only a loopback, and that is down at first. */
static int raise_loopback(void)
{
	struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		return -errno;
	}
	int error = ioctl(fd, SIOCSIFFLAGS, &request) < 0 ? errno : 0;
	close(fd);
	return -error;
}

int confine_network(const struct spawn_job *job)
{
	if (!job->unit->service.sandbox.has_private_network) {
		return 0;
	}
	return unshare(CLONE_NEWNET) < 0 ? -errno : raise_loopback();
}

/* Being refused matters only to one who has a capability that the set could bound. */
static int refused_bounding_set(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2];
	if (syscall(SYS_capget, &header, data) < 0) {
		return -errno;
	}
	return geteuid() == 0 || data[0].permitted != 0 || data[1].permitted != 0 ? -EPERM : 0;
}

int confine_bounding_set(const struct spawn_job *job)
{
	uint64_t kept = job->unit->service.capabilities;
	for (int bit = 0; kept != CAPABILITIES_ALL && bit <= CAP_LAST_CAP; bit++) {
		bool is_kept = bit < 64 && (kept & (UINT64_C(1) << bit));
		if (is_kept || prctl(PR_CAPBSET_DROP, bit, 0, 0, 0) == 0) {
			continue;
		}
		int error = errno;
		if (prctl(PR_CAPBSET_READ, bit, 0, 0, 0) == 1) { // else there was none to drop
			return error == EPERM ? refused_bounding_set() : -error;
		}
	}
	return 0;
}

int confine_identity(const struct spawn_job *job)
{
	const struct identity *identity = job->identity;
	uid_t uid = identity->account.uid;
	gid_t gid = identity->account.gid;
	if (!identity->is_switched) {
		return 0;
	}
	/* What is to become ambient must outlive the change. */
	if (job->unit->service.ambient_capabilities != 0 &&
		prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0) {
		return -errno;
	}
	/* The bare calls: a C library's would ask the threads, and there are none. */
	if (syscall(SYS_setgroups, identity->group_count, identity->groups) < 0 ||
		syscall(SYS_setresgid, gid, gid, gid) < 0 ||
		syscall(SYS_setresuid, uid, uid, uid) < 0) {
		return -errno;
	}
	return 0;
}

static int raise_ambient(uint64_t ambient)
{
	for (unsigned long bit = 0; bit <= CAP_LAST_CAP; bit++) {
		if ((ambient & (UINT64_C(1) << bit)) &&
			prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, bit, 0, 0) < 0) {
			return -errno;
		}
	}
	return 0;
}

/*
 * exec gives a root user whatever is inheritable, and anyone what is ambient. A user other than
 * root is left with what is ambient alone.
 */
int confine_capabilities(const struct spawn_job *job)
{
	const struct service_config *config = &job->unit->service;
	uint64_t ambient = config->ambient_capabilities & config->capabilities;
	bool is_user = job->identity->is_switched && job->identity->account.uid != 0;
	uint64_t kept = is_user ? ambient : config->capabilities;
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2];
	if (config->capabilities == CAPABILITIES_ALL && ambient == 0) {
		return 0;
	}
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0 && errno != EINVAL) {
		return -errno;
	}
	if (syscall(SYS_capget, &header, data) < 0) {
		return -errno;
	}
	for (int i = 0; i < 2; i++) {
		unsigned mask = (unsigned)(kept >> (32 * i));
		data[i].permitted &= mask;
		data[i].effective = data[i].permitted;
		data[i].inheritable = (data[i].inheritable & mask) |
				      ((unsigned)(ambient >> (32 * i)) & data[i].permitted);
	}
	return syscall(SYS_capset, &header, data) < 0 ? -errno : raise_ambient(ambient);
}

int confine_privileges(const struct spawn_job *job)
{
	const struct sandbox_config *sandbox = &job->unit->service.sandbox;
	/* Filters and Landlock are for those who cannot gain privileges. */
	if (!sandbox->no_new_privileges && unit_filter_id(sandbox) == 0 &&
		!landlock_is_wanted(sandbox)) {
		return 0;
	}
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? -errno : 0;
}
