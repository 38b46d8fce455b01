// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_KEEPER_H
#define COMPOSITOR_GLUE_X11_KEEPER_H

/*
 * Runs work() in a process of its own, and again when that ends, until whoever started us does:
 * that is Xwayland, which nobody else supervises for us. Returns then.
 */
void keeper_run(int (*work)(const char *display), const char *display);

#endif
