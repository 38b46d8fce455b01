// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/pulse_module.h"

#include <stdio.h>
#include <string.h>

#include "compositor-glue/audio/pulse_link.h"
#include "compositor-glue/rdp/log.h"

void pulse_module_init(struct pulse_module *module, struct pulse_link *link, const char *name,
	const char *device, void (*loaded)(void *data), void *data)
{
	*module = (struct pulse_module){
		.link = link,
		.name = name,
		.device = device,
		.loaded = loaded,
		.data = data,
	};
}

static void unload(struct pulse_module *module, uint32_t index)
{
	pulse_link_forget(pa_context_unload_module(module->link->context, index, NULL, NULL));
}

static void load(struct pulse_module *module);

static void on_loaded(pa_context *context, uint32_t index, void *data)
{
	struct pulse_module *module = data;
	bool stale = module->stale || !module->wanted;
	module->stale = false;
	module->state = PULSE_MODULE_OFF;
	if (index == PA_INVALID_INDEX) {
		log_line("the sound server does not load %s %s: %s", module->name,
			module->arguments, pa_strerror(pa_context_errno(context)));
		module->wanted = module->wanted && stale;
	} else if (stale) {
		unload(module, index);
	} else {
		module->state = PULSE_MODULE_LOADED;
		module->index = index;
		module->loaded(module->data);
		return;
	}
	load(module);
}

static void load(struct pulse_module *module)
{
	if (!module->wanted || !module->link->ready || module->state != PULSE_MODULE_OFF) {
		return;
	}
	module->state = PULSE_MODULE_LOADING;
	module->stale = false;
	pulse_link_forget(pa_context_load_module(
		module->link->context, module->name, module->arguments, on_loaded, module));
}

void pulse_module_unwant(struct pulse_module *module)
{
	module->wanted = false;
	if (module->state == PULSE_MODULE_LOADED) {
		unload(module, module->index);
		module->state = PULSE_MODULE_OFF;
	}
}

void pulse_module_want(struct pulse_module *module, const char *arguments)
{
	char wanted[PULSE_ARGUMENTS_LIMIT];
	int length = snprintf(wanted, sizeof(wanted), "%s %s", module->device, arguments);
	if (length < 0 || (size_t)length >= sizeof(wanted)) {
		log_line("%s: the arguments are too long: %s", module->name, arguments);
		return;
	}
	if (module->wanted && strcmp(module->arguments, wanted) == 0) {
		return;
	}
	pulse_module_unwant(module);
	module->stale = module->state == PULSE_MODULE_LOADING;
	module->wanted = true;
	memcpy(module->arguments, wanted, sizeof(wanted));
	load(module);
}

static bool is_left_over(const struct pulse_module *module, const pa_module_info *info)
{
	size_t length = strlen(module->device);
	return strcmp(info->name, module->name) == 0 && info->argument != NULL &&
	       strncmp(info->argument, module->device, length) == 0 &&
	       info->argument[length] == ' ';
}

static void on_module(pa_context *context, const pa_module_info *info, int end, void *data)
{
	struct pulse_module *module = data;
	if (info != NULL) {
		if (is_left_over(module, info)) {
			unload(module, info->index);
		}
		return;
	}
	module->state = PULSE_MODULE_OFF;
	load(module);
}

void pulse_module_link_ready(struct pulse_module *module)
{
	module->state = PULSE_MODULE_CLEANING;
	pulse_link_forget(
		pa_context_get_module_info_list(module->link->context, on_module, module));
}

void pulse_module_link_lost(struct pulse_module *module)
{
	module->state = PULSE_MODULE_OFF;
	module->stale = false;
}
