// SPDX-License-Identifier: MIT
/*
 * Stands in for WSL's /init in an image, under the three names that the image knows it by:
 *
 *   as process 1       runs the boot command of /etc/wsl.conf, once, and reaps
 *   wslpath -a PATH    C:\Some\Path becomes /mnt/c/Some/Path
 *   wslinfo --vm-id -n the VM's name
 *   /init PROGRAM ...  hands the words to whoever listens on /run/WSL/1_interop, and ends with the
 *                      Windows program: when the other side hangs up, with the code it sent
 */
#include <ctype.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define VM_ID "C0FFEE00-1234-4000-8000-5111B13A0001"
#define INTEROP "/run/WSL/1_interop"

static int wslpath(const char *path)
{
	if (!isalpha((unsigned char)path[0]) || path[1] != ':') {
		return 1;
	}
	printf("/mnt/%c", tolower((unsigned char)path[0]));
	for (const char *c = path + 2; *c != '\0'; c++) {
		putchar(*c == '\\' ? '/' : *c);
	}
	putchar('\n');
	return 0;
}

static int interop(int argc, char *argv[])
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = INTEROP};
	unsigned char code = 1;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
		perror(INTEROP);
		return 1;
	}
	for (int i = 1; i < argc; i++) {
		if (send(fd, argv[i], strlen(argv[i]) + 1, MSG_NOSIGNAL) < 0) {
			return 1;
		}
	}
	shutdown(fd, SHUT_WR);
	while (read(fd, &code, 1) > 0) {
	}
	return code;
}

/* The value of command= in wsl.conf's section [boot]. */
static void boot_command(char *ret_command, size_t size)
{
	char line[1024];
	bool is_boot = false;
	FILE *file = fopen("/etc/wsl.conf", "re");
	*ret_command = '\0';
	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '[') {
			is_boot = strcmp(line, "[boot]") == 0;
		} else if (is_boot && strncmp(line, "command=", 8) == 0) {
			snprintf(ret_command, size, "%s", line + 8);
		}
	}
	if (file != NULL) {
		fclose(file);
	}
}

static void run(const char *command)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	umask(0);
	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0) {
		_exit(127);
	}
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

static _Noreturn void be_process_1(void)
{
	char command[1024];
	boot_command(command, sizeof(command));
	if (fork() == 0) {
		run(command);
	}
	for (;;) {
		if (wait(NULL) < 0) {
			pause();
		}
	}
}

int main(int argc, char *argv[])
{
	const char *slash = strrchr(argv[0], '/'), *name = slash != NULL ? slash + 1 : argv[0];
	if (getpid() == 1) {
		be_process_1();
	}
	if (strcmp(name, "wslpath") == 0) {
		return argc == 3 ? wslpath(argv[2]) : 1;
	}
	if (strcmp(name, "wslinfo") == 0) {
		fputs(VM_ID, stdout);
		return 0;
	}
	return interop(argc, argv);
}
