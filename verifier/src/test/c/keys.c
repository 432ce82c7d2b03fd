// SPDX-License-Identifier: Apache-2.0
/*
 * Process 1 of a lab machine: adds the certificate /certificate to its session keyring, and prints on the console what
 * the kernel tells root of all keys: the lines of /proc/keys behind "list ", and for each of them what keyctl(2) says,
 * "describe SERIAL TEXT" and for keyrings "members SERIAL SERIAL...", serials in hex. "end" is the last line.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SESSION_KEYRING (-3)
#define KEYCTL_JOIN_SESSION 1
#define KEYCTL_DESCRIBE 6
#define KEYCTL_READ 11
#define LINE 1024
#define MOST 256

static void tell(unsigned int serial)
{
	char text[LINE] = "";
	uint32_t members[MOST];
	long size;

	if (syscall(SYS_keyctl, KEYCTL_DESCRIBE, serial, text, sizeof(text) - 1) < 0) {
		printf("describe %08x -\n", serial);
		return;
	}
	printf("describe %08x %s\n", serial, text);
	if (strncmp(text, "keyring;", 8) != 0)
		return;
	size = syscall(SYS_keyctl, KEYCTL_READ, serial, members, sizeof(members));
	if (size < 0)
		return;
	printf("members %08x", serial);
	for (size_t i = 0; i < (size_t)size / sizeof(*members) && i < MOST; i++)
		printf(" %08x", members[i]);
	printf("\n");
}

int main(void)
{
	static char certificate[1 << 16];
	unsigned int serials[MOST];
	size_t count = 0;
	char line[LINE];
	FILE *file = fopen("/certificate", "r");
	size_t size = file ? fread(certificate, 1, sizeof(certificate), file) : 0;

	mkdir("/proc", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	syscall(SYS_keyctl, KEYCTL_JOIN_SESSION, NULL);
	if (syscall(SYS_add_key, "asymmetric", "", certificate, size, SESSION_KEYRING) < 0)
		perror("add_key");
	/* Firmware may have left the console within a line. */
	printf("\n");
	file = fopen("/proc/keys", "r");
	while (file && fgets(line, sizeof(line), file)) {
		printf("list %s", line);
		if (count < MOST && sscanf(line, "%8x", &serials[count]) == 1)
			count++;
	}
	for (size_t i = 0; i < count; i++)
		tell(serials[i]);
	printf("end\n");
	fflush(stdout);
	sleep(1);
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}
