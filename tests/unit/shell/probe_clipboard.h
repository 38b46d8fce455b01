// SPDX-License-Identifier: MIT
#ifndef TESTS_UNIT_SHELL_PROBE_CLIPBOARD_H
#define TESTS_UNIT_SHELL_PROBE_CLIPBOARD_H

#include <stdbool.h>

struct sill_bridge_v1;

/*
 * The clipboard of the probe's client. Prints what others copied as "selection TYPE...". Commands:
 *
 *   copy TYPE FILE...   the client copied what is in the files; of "-" nothing ever comes
 *   paste TYPE FILE     what others copied is written to the file, which is there when it is whole
 *   peek TYPE FILE      so is a little of it, and then nothing is read any more
 */
void probe_clipboard_init(struct sill_bridge_v1 *bridge);
/* False when it is another's command. */
bool probe_clipboard_command(char **word);

#endif
