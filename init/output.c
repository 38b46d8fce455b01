// SPDX-License-Identifier: MIT
#include "init/output.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "init/log.h"

#define READ_MAX 4096 // a turn, so that a noisy service does not starve the others
#define DRAIN_READS 32

static void emit(struct output *output)
{
	log_line(output->name, output->store->line.data, output->store->line.length);
	output->store->line.length = 0;
}

static void split(struct output *output, const char *data, size_t size)
{
	while (size > 0) {
		bool is_complete;
		size_t taken = log_line_take(&output->store->line, data, size, &is_complete);
		if (is_complete) {
			emit(output);
		}
		data += taken;
		size -= taken;
	}
}

static void keep(struct output *output, const char *data, size_t size)
{
	log_ring_add(&output->store->ring, data, size);
	log_file_write(&output->file, data, size);
	if (output->follow != NULL) {
		output->follow(output, data, size);
	}
}

static bool read_some(struct output *output)
{
	char data[READ_MAX];
	ssize_t got = read(output->source.fd, data, sizeof(data));
	if (got <= 0) {
		return false;
	}
	keep(output, data, (size_t)got);
	split(output, data, (size_t)got);
	return true;
}

static void handle_readable(struct loop_source *source)
{
	(void)read_some(source->data);
}

static int open_pipe(struct output *output, struct loop *loop)
{
	int fds[2];
	if (pipe2(fds, O_CLOEXEC) < 0) {
		return -errno;
	}
	/* Only our end: the service's should block, as it expects of a pipe. */
	(void)fcntl(fds[0], F_SETFL, O_NONBLOCK);
	output->source = (struct loop_source){fds[0], handle_readable, output};
	output->write_fd = fds[1];
	return loop_add(loop, &output->source);
}

void output_init(struct output *output, const char *name, const struct service_config *config,
	struct log_store *store)
{
	output->name = name;
	output->store = store;
	output->kind = config->output;
	output->source.fd = -1;
	output->write_fd = -1;
	log_file_init(&output->file, config->output_path, config->output == OUTPUT_TRUNCATE);
}

int output_open(struct output *output, struct loop *loop)
{
	if (output->write_fd >= 0) {
		return 0;
	}
	if (output->kind != OUTPUT_NULL) {
		return open_pipe(output, loop);
	}
	output->write_fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	return output->write_fd < 0 ? -errno : 0;
}

void output_drain(struct output *output)
{
	for (int i = 0; i < DRAIN_READS && output->source.fd >= 0 && read_some(output); i++) {
	}
	if (output->store->line.length > 0) {
		keep(output, "\n", 1);
		emit(output);
	}
}
