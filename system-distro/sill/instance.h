// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_INSTANCE_H
#define SYSTEM_DISTRO_SILL_INSTANCE_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

#include "system-distro/sill/engine.h"

#define INSTANCE_NAME_MAX 32
#define INSTANCE_DEFAULT "default"
#define INSTANCE_APPEND_MAX 512

/*
 * A running image as this machine sees it.
 *
 *   DIR/lock            held by the process that watches over the instance, for as long as it runs
 *   DIR/instance.json   what follows in this struct, for the other commands
 *   DIR/log             what init and the services say
 *   DIR/wslg            /mnt/wslg of the instance: the sockets applications use
 *   DIR/run             /run/sill of the instance: init's control socket, unit files that override
 *   DIR/initramfs       of a virtual machine, which has neither of those two
 *   STATE/rdp           /var/lib/sill-rdp: the certificate and the password, kept between runs
 *
 * DIR is /run/sill/NAME for root, $XDG_RUNTIME_DIR/sill/NAME for others; STATE is
 * /var/lib/sill/NAME, or $XDG_STATE_HOME/sill/NAME.
 */
struct instance {
	char name[INSTANCE_NAME_MAX + 1];
	char dir[PATH_MAX];
	char state_dir[PATH_MAX];
	enum engine engine;
	char image[PATH_MAX];
	char kernel[PATH_MAX]; // of a virtual machine
	char added[PATH_MAX]; // the folder whose run and var it gets, or ""
	char append[INSTANCE_APPEND_MAX]; // more words for its kernel, or ""
	char listen[64]; // ADDR:PORT of the RDP server
	char profile[INSTANCE_NAME_MAX + 1]; // of sill-init; empty: the image's own
	char root_kind[16]; // how the root file system is there: "loop", "fuse", "tree", "verity"
	pid_t monitor_pid; // the watching "sill run"
	pid_t init_pid; // PID 1 of the instance, in this machine's numbers; of a machine QEMU's
};

/** Fill in name and directories. False, reported: the name is no good, or there is no place. */
bool instance_init(struct instance *instance, const char *name);

/** DIR/leaf or STATE/leaf, in a buffer of PATH_MAX. */
void instance_path(const struct instance *instance, const char *leaf, char *path);
void instance_state_path(const struct instance *instance, const char *leaf, char *path);

/** Make the directories, and take the lock. The lock's fd, or -1, reported, as when it is running.
 */
int instance_create(const struct instance *instance);

bool instance_save(const struct instance *instance);

/** Load a running instance by name. False, reported, when none of that name runs. */
bool instance_load(struct instance *instance, const char *name);

/** Remove DIR and what is in it; the state stays. */
void instance_remove(const struct instance *instance);

/** Wait until the instance is gone, at most timeout_ms. True when it is. */
bool instance_wait_gone(const struct instance *instance, int timeout_ms);

#endif
