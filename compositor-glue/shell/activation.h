// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_ACTIVATION_H
#define COMPOSITOR_GLUE_SHELL_ACTIVATION_H

#include <stdbool.h>
#include <stdint.h>

#define ACTIVATION_TOKENS_MAX 32 // a newer one takes the place of the oldest
#define ACTIVATION_TOKEN_SIZE 33 // 128 bits as text
// So long an application may take to start
#define ACTIVATION_TOKEN_NS INT64_C(60000000000)

struct shell;

/*
 * xdg-activation: whoever has the keyboard may hand it on, once, by a token; what another
 * application asks for does nothing.
 */
struct activation {
	struct shell *shell;
	struct {
		char text[ACTIVATION_TOKEN_SIZE]; // "" for none
		int64_t until;
	} tokens[ACTIVATION_TOKENS_MAX];
	uint32_t next;
};

bool activation_init(struct activation *activation, struct shell *shell);

#endif
