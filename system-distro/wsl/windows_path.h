// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_WSL_WINDOWS_PATH_H
#define SYSTEM_DISTRO_WSL_WINDOWS_PATH_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What one of WSL's own commands, `argv[0]` being its path, prints, without the line's end. False
 * when it fails, says nothing, says more than fits or takes longer than `WSL_ANSWER_SECONDS`.
 */
bool wsl_ask(const char *const argv[], char *ret_answer, size_t size);

/* The path in this system of a Windows path, by WSL's wslpath. */
bool windows_path(const char *path, char *ret_path, size_t size);

#endif
