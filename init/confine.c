// SPDX-License-Identifier: MIT
#include "init/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init/directory.h"
#include "init/values.h"

int confine_oom_score(const struct spawn_job *job)
{
	char text[16];
	if (!job->unit->service.oom_score.is_set) {
		return 0;
	}
	int length = snprintf(text, sizeof(text), "%ld", job->unit->service.oom_score.value);
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	int error = write(fd, text, (size_t)length) < 0 ? errno : 0;
	close(fd);
	return -error;
}

int confine_nice(const struct spawn_job *job)
{
	if (!job->unit->service.nice.is_set) {
		return 0;
	}
	return setpriority(PRIO_PROCESS, 0, (int)job->unit->service.nice.value) < 0 ? -errno : 0;
}

int confine_open_files(const struct spawn_job *job)
{
	struct rlimit limit = {
		.rlim_cur = job->unit->service.open_files.soft,
		.rlim_max = job->unit->service.open_files.hard,
	};
	if (!job->unit->service.open_files.is_set) {
		return 0;
	}
	return setrlimit(RLIMIT_NOFILE, &limit) < 0 ? -errno : 0;
}

static int make_directories(const struct identity *identity, const char *root,
	const char *const *names, size_t count, mode_t mode)
{
	char path[DIRECTORY_PATH_MAX];
	uid_t uid = identity->is_switched ? identity->account.uid : OWNER_KEEP;
	gid_t gid = identity->is_switched ? identity->account.gid : OWNER_KEEP;
	for (size_t i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%s", root, names[i]);
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
	int result = make_directories(job->identity, SPAWN_STATE_ROOT, config->state_directories,
		config->state_directory_count, 0700);
	if (result < 0) {
		return result;
	}
	return make_directories(job->identity, SPAWN_RUNTIME_ROOT, config->runtime_directories,
		config->runtime_directory_count, 0755);
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
	if (!job->unit->service.has_private_network) {
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
		if (!is_kept && prctl(PR_CAPBSET_READ, bit, 0, 0, 0) == 1 &&
			prctl(PR_CAPBSET_DROP, bit, 0, 0, 0) < 0) {
			return errno == EPERM ? refused_bounding_set() : -errno;
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
	if (setgroups(identity->group_count, identity->groups) < 0 ||
		setresgid(gid, gid, gid) < 0 || setresuid(uid, uid, uid) < 0) {
		return -errno;
	}
	return 0;
}

/* exec gives a root user whatever is inheritable, and anyone what is ambient. */
int confine_capabilities(const struct spawn_job *job)
{
	uint64_t kept = job->unit->service.capabilities;
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2];
	if (kept == CAPABILITIES_ALL) {
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
		data[i].effective &= mask;
		data[i].permitted &= mask;
		data[i].inheritable &= mask;
	}
	return syscall(SYS_capset, &header, data) < 0 ? -errno : 0;
}

int confine_privileges(const struct spawn_job *job)
{
	if (!job->unit->service.no_new_privileges) {
		return 0;
	}
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? -errno : 0;
}
