// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_COMMANDS_H
#define SYSTEM_DISTRO_SILL_COMMANDS_H

/*
 * The subcommands that deal with a running instance. argv[0] is the subcommand's name; the result
 * is the exit code: 0 done, 1 it failed, 2 the command line is wrong. Those that make images are in
 * rootfs-manifest/commands.h.
 */
int cmd_run(int argc, char **argv);
int cmd_exec(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_logs(int argc, char **argv);
int cmd_stop(int argc, char **argv);
int cmd_connect(int argc, char **argv);
int cmd_screenshot(int argc, char **argv);
int cmd_doctor(int argc, char **argv);
int cmd_verify_any(int argc, char **argv); // cmd_verify, and of an instance

#endif
