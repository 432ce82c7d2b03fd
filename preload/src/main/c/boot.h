// SPDX-License-Identifier: Apache-2.0
#ifndef BPFSEAL_BOOT_H
#define BPFSEAL_BOOT_H

/*
 * Process 1 of the initramfs: loads what the manifest lists, reports it on the console and becomes the manifest's next
 * program, which gets the same arguments. Doesn't return: a failure halts or reboots the machine as the manifest says.
 */
_Noreturn void boot(char **arguments);

#endif
