// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_CHILD_H
#define COMPOSITOR_GLUE_X11_CHILD_H

#include <sys/types.h>

#define CHILD_NUMBER_SIZE 12 /* of a descriptor's number in digits */

/* A process that ends with this one: 0 in it, its number here, -1 and said why when there is none.
 */
pid_t child_fork(const char *what);
/* Ends it and waits until it has; 0 is nobody. */
void child_end(pid_t pid);
/* In it: runs the program with its arguments, or ends. */
_Noreturn void child_exec(const char *const argv[]);
/* In it: the descriptor stays open over child_exec(). Returns its number, to be told by. */
const char *child_keep(int fd, char number[CHILD_NUMBER_SIZE]);

#endif
