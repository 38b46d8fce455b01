// SPDX-License-Identifier: MIT
#include "system-distro/sill/machine_initramfs.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system-distro/sill/report.h"

#define SERVER "sill-rdp"
#define KERNEL_SUFFIX ".kernel"
#define INITRAMFS_SUFFIX ".initramfs"

/* An archive that is written behind another, which the kernel unpacks one after the other. */
struct appended {
	struct archive *archive;
	uid_t uid;
	gid_t gid;
};

static bool write_content(struct archive *archive, const char *path)
{
	char block[65536];
	ssize_t size;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return false;
	}
	while ((size = read(fd, block, sizeof(block))) > 0) {
		if (archive_write_data(archive, block, (size_t)size) != size) {
			size = -1;
			break;
		}
	}
	close(fd);
	return size == 0;
}

static bool describe(struct archive_entry *entry, const FTSENT *found, const char *name)
{
	char target[PATH_MAX];
	archive_entry_set_pathname(entry, name);
	archive_entry_set_perm(entry, found->fts_statp->st_mode & 07777);
	archive_entry_set_filetype(entry, found->fts_statp->st_mode & S_IFMT);
	archive_entry_set_size(
		entry, S_ISREG(found->fts_statp->st_mode) ? found->fts_statp->st_size : 0);
	if (S_ISLNK(found->fts_statp->st_mode)) {
		ssize_t size = readlink(found->fts_accpath, target, sizeof(target) - 1);
		if (size < 0) {
			return false;
		}
		target[size] = '\0';
		archive_entry_set_symlink(entry, target);
	}
	return true;
}

static bool add_found(struct appended *appended, const FTSENT *found, const char *name)
{
	struct archive_entry *entry = archive_entry_new();
	bool ok = entry != NULL && describe(entry, found, name);
	if (ok) {
		archive_entry_set_uid(entry, appended->uid);
		archive_entry_set_gid(entry, appended->gid);
		ok = archive_write_header(appended->archive, entry) == ARCHIVE_OK;
	}
	if (ok && S_ISREG(found->fts_statp->st_mode)) {
		ok = write_content(appended->archive, found->fts_accpath);
	}
	archive_entry_free(entry);
	return ok || (report_errno("cannot put %s into the machine", found->fts_path), false);
}

/* Folders, files and links below folder, which is called name in the machine. */
static bool add_folder(struct appended *appended, char *folder, const char *name)
{
	char *const roots[] = {folder, NULL};
	char path[PATH_MAX];
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, NULL);
	bool ok = walk != NULL;
	for (FTSENT *found; ok && (found = fts_read(walk)) != NULL;) {
		bool wanted = found->fts_info == FTS_D || found->fts_info == FTS_F ||
			      found->fts_info == FTS_SL || found->fts_info == FTS_SLNONE;
		snprintf(path, sizeof(path), "%s%s", name, found->fts_path + strlen(folder));
		if (found->fts_info == FTS_ERR || found->fts_info == FTS_DNR) {
			errno = found->fts_errno;
			report_errno("cannot read %s", found->fts_path);
			ok = false;
		} else if (wanted) {
			ok = add_found(appended, found, path);
		}
	}
	if (walk != NULL) {
		fts_close(walk);
	}
	return ok;
}

static bool find_owner(const char *root, struct appended *appended)
{
	char path[PATH_MAX];
	struct passwd *user = NULL;
	snprintf(path, sizeof(path), "%s/etc/passwd", root);
	FILE *file = fopen(path, "re");
	while (file != NULL && (user = fgetpwent(file)) != NULL &&
		strcmp(user->pw_name, SERVER) != 0) {
	}
	if (file != NULL) {
		fclose(file);
	}
	if (user == NULL) {
		report("%s has no user " SERVER "; is it an image of sill's?", path);
		return false;
	}
	appended->uid = user->pw_uid;
	appended->gid = user->pw_gid;
	return true;
}

static bool add_state(struct appended *appended, const struct instance *instance, const char *root)
{
	char state[PATH_MAX];
	instance_state_path(instance, "rdp", state);
	return find_owner(root, appended) && add_folder(appended, state, "var/lib/" SERVER);
}

static bool add_additions(struct appended *appended, const struct instance *instance)
{
	static const char *const names[] = {"run", "var"};
	appended->uid = 0;
	appended->gid = 0;
	bool ok = true;
	for (size_t i = 0; ok && instance->added[0] != '\0' && i < 2; i++) {
		char folder[PATH_MAX + 8];
		snprintf(folder, sizeof(folder), "%s/%s", instance->added, names[i]);
		ok = access(folder, F_OK) < 0 || add_folder(appended, folder, names[i]);
	}
	return ok;
}

static bool append(int fd, const struct instance *instance, const char *root)
{
	struct appended appended = {.archive = archive_write_new()};
	bool ok = appended.archive != NULL &&
		  archive_write_set_format_cpio_newc(appended.archive) == ARCHIVE_OK &&
		  archive_write_open_fd(appended.archive, fd) == ARCHIVE_OK &&
		  add_additions(&appended, instance) && add_state(&appended, instance, root) &&
		  archive_write_close(appended.archive) == ARCHIVE_OK;
	archive_write_free(appended.archive);
	return ok;
}

/* NAME.initramfs beside NAME.kernel. */
static int open_base(const struct instance *instance)
{
	char path[PATH_MAX + sizeof(INITRAMFS_SUFFIX)];
	size_t size = strlen(instance->kernel), suffix = strlen(KERNEL_SUFFIX);
	bool named = size > suffix && strcmp(instance->kernel + size - suffix, KERNEL_SUFFIX) == 0;
	snprintf(path, sizeof(path), "%.*s" INITRAMFS_SUFFIX, (int)(named ? size - suffix : size),
		instance->kernel);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		report_errno("cannot open %s", path);
	}
	return fd;
}

static bool copy(int from, int into)
{
	struct stat st;
	off_t at = 0;
	bool ok = fstat(from, &st) == 0;
	while (ok && at < st.st_size) {
		ok = sendfile(into, from, &at, (size_t)(st.st_size - at)) > 0;
	}
	return ok;
}

bool machine_initramfs_write(const struct instance *instance, const char *root, const char *path)
{
	int base = open_base(instance);
	if (base < 0) {
		return false;
	}
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool ok = fd >= 0 && copy(base, fd);
	if (!ok) {
		report_errno("cannot write %s", path);
	}
	ok = ok && append(fd, instance, root);
	if (fd >= 0) {
		close(fd);
	}
	close(base);
	return ok;
}
