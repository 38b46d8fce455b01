// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_COMMANDS_H
#define ROOTFS_MANIFEST_COMMANDS_H

/*
 * Subcommands of sill: sill-build(1). argv[0] is the subcommand's name; the result is the program's
 * exit code: 0 done, 1 failed, 2 wrong input.
 */
int cmd_lock(int argc, char **argv);
int cmd_assemble(int argc, char **argv);
int cmd_pack(int argc, char **argv);
int cmd_build(int argc, char **argv);
int cmd_packages(int argc, char **argv);
int cmd_why(int argc, char **argv);
int cmd_outdated(int argc, char **argv);
int cmd_cache(int argc, char **argv);
int cmd_sign(int argc, char **argv);
int cmd_verify(int argc, char **argv);
int cmd_diff(int argc, char **argv);

#endif
