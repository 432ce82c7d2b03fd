// SPDX-License-Identifier: Apache-2.0
/*
 * What runs now, as text for a comparison with the manifest. Lines in this order:
 *
 *	bpfseal-inventory 1
 *	kernel RELEASE
 *	guard GUARD MANIFEST PROGRAMS VERSION LOADS NONCE	the carriers, the version, the policy; without a sealed guard: guard none
 *	prog ID TYPE TAG NAME					each program that is given out; TYPE a number, TAG 16 hex digits, NAME or -
 *	link ID TYPE PROG					each link; TYPE a number, PROG the program's id
 *	hold ID held|released|own KEYRING NAME			each link that the guard knows; KEYRING 0 if nobody may confirm
 *	pin link|map ID PROGRAM/NAME				each object pinned in the view
 *	end
 *
 * The guard gives out none of its own programs. Without a view there are no pins.
 */
#ifndef BPFSEAL_RUNNING_H
#define BPFSEAL_RUNNING_H

/* Prints it to standard output; 0 or -errno. */
int running_print(void);

#endif
