// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_WSL_SHARED_FOLDER_H
#define SYSTEM_DISTRO_WSL_SHARED_FOLDER_H

#define SHARED_FOLDER "/mnt/wslg"

/*
 * Makes what the person's distribution looks for in the folder that it shares with us. Its start-up
 * decides by the runtime directory whether there will be windows, so that comes before anything
 * else. What fails is said and left out.
 */
void shared_folder_make_runtime(void);

/* Shows the image's versions and licences there, and sends our errors to the log in it. */
void shared_folder_show(void);
void shared_folder_log(void);

#endif
