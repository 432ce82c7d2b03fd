// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attack.h"

enum {
	REVOKE = 3,
	CHOWN = 4,
	SETPERM = 5,
	CLEAR = 7,
	LINK_TO = 8,
	UNLINK_FROM = 9,
	SET_TIMEOUT = 15,
	INVALIDATE = 21,
	RESTRICT_RING = 29,
	MOVE = 30,
	SESSION_KEYRING = -3,
	HOLDERS_USER_ID = 0x62706673,
	ALL_PERMISSIONS = 0x3f3f3f3f,
};

/* A container may see no /proc/keys: whoever started it says the number of the programs' ring. */
static int told_keyring(const char *description)
{
	const char *told = getenv("BPFSEAL_KEYRING");

	return told == NULL || strcmp(description, "bpfseal") != 0 ? -ENOENT : (int)strtoul(told, NULL, 16);
}

int find_keyring(const char *description)
{
	char line[256], wanted[64];
	FILE *keys = fopen("/proc/keys", "r");
	int found = told_keyring(description);

	snprintf(wanted, sizeof(wanted), " %s:", description);
	while (keys != NULL && found < 0 && fgets(line, sizeof(line), keys) != NULL) {
		if (strstr(line, wanted) != NULL)
			found = (int)strtoul(line, NULL, 16);
	}
	if (keys != NULL)
		fclose(keys);
	return found;
}

/* The guard's, or one made for the attack where there is none. */
static int find_key(const struct scene *scene, const char *description)
{
	return scene->guarded ? find_keyring(description) :
				system_add_key("keyring", description, NULL, 0, SESSION_KEYRING);
}

static long keyctl(int operation, long a, long b, long c)
{
	return syscall(SYS_keyctl, (long)operation, a, b, c, 0L);
}

static int on_ring(const struct scene *scene, int operation, long a, long b)
{
	int ring = find_key(scene, "bpfseal");

	return ring < 0 ? ring : result_of(keyctl(operation, ring, a, b));
}

static int on_confirmers(const struct scene *scene, int operation, long a, long b)
{
	int ring = find_key(scene, "bpfseal-confirm-3");

	return ring < 0 ? ring : result_of(keyctl(operation, ring, a, b));
}

static int clear_ring(const struct scene *scene) { return on_ring(scene, CLEAR, 0, 0); }
static int revoke_ring(const struct scene *scene) { return on_ring(scene, REVOKE, 0, 0); }
static int invalidate_ring(const struct scene *scene) { return on_ring(scene, INVALIDATE, 0, 0); }
static int setperm_ring(const struct scene *scene) { return on_ring(scene, SETPERM, ALL_PERMISSIONS, 0); }
static int chown_ring(const struct scene *scene) { return on_ring(scene, CHOWN, 0, 0); }
static int expire_ring(const struct scene *scene) { return on_ring(scene, SET_TIMEOUT, 1, 0); }
static int link_ring(const struct scene *scene) { return on_ring(scene, LINK_TO, SESSION_KEYRING, 0); }
static int clear_confirmers(const struct scene *scene) { return on_confirmers(scene, CLEAR, 0, 0); }
static int revoke_confirmers(const struct scene *scene) { return on_confirmers(scene, REVOKE, 0, 0); }
static int invalidate_confirmers(const struct scene *scene) { return on_confirmers(scene, INVALIDATE, 0, 0); }
static int setperm_confirmers(const struct scene *scene) { return on_confirmers(scene, SETPERM, ALL_PERMISSIONS, 0); }
static int expire_confirmers(const struct scene *scene) { return on_confirmers(scene, SET_TIMEOUT, 1, 0); }

static int add_key_to_confirmers(const struct scene *scene)
{
	int ring = find_key(scene, "bpfseal-confirm-3");

	return ring < 0 ? ring : system_add_key("user", "mine", "x", 1, ring) < 0 ? -errno : 0;
}

/* As the user whose keyring holds the rings, to whom they would belong. */
static int as_holder(const struct scene *scene, int operation)
{
	int ring = find_key(scene, "bpfseal");

	if (scene->guarded && setresuid(HOLDERS_USER_ID, HOLDERS_USER_ID, 0) < 0)
		return -errno;
	return ring < 0 ? ring : result_of(keyctl(operation, ring, 0, 0));
}

static int invalidate_as_holder(const struct scene *scene) { return as_holder(scene, INVALIDATE); }
static int revoke_as_holder(const struct scene *scene) { return as_holder(scene, REVOKE); }
static int clear_as_holder(const struct scene *scene) { return as_holder(scene, CLEAR); }

static int on_holder(const struct scene *scene, int operation, long a)
{
	char name[32];
	int holder;

	snprintf(name, sizeof(name), "_uid.%u", (unsigned)HOLDERS_USER_ID);
	/* Only its user sees it; root acts. */
	if (scene->guarded && setresuid(0, HOLDERS_USER_ID, 0) < 0)
		return -errno;
	holder = find_key(scene, name);
	if (scene->guarded && setresuid(0, 0, 0) < 0)
		return -errno;
	return holder < 0 ? holder : result_of(keyctl(operation, holder, a, 0));
}

static int clear_holder(const struct scene *scene) { return on_holder(scene, CLEAR, 0); }
static int revoke_holder(const struct scene *scene) { return on_holder(scene, REVOKE, 0); }
static int invalidate_holder(const struct scene *scene) { return on_holder(scene, INVALIDATE, 0); }
static int setperm_holder(const struct scene *scene) { return on_holder(scene, SETPERM, ALL_PERMISSIONS); }

/* Its own name for it: KEY_SPEC_USER_KEYRING, possessed. */
static int clear_holder_as_its_user(const struct scene *scene)
{
	if (scene->guarded && setresuid(HOLDERS_USER_ID, HOLDERS_USER_ID, 0) < 0)
		return -errno;
	return result_of(keyctl(CLEAR, -4, 0, 0));
}

static int unlink_ring_from_holder(const struct scene *scene)
{
	int ring = find_key(scene, "bpfseal");

	if (scene->guarded && setresuid(HOLDERS_USER_ID, HOLDERS_USER_ID, 0) < 0)
		return -errno;
	return result_of(keyctl(UNLINK_FROM, ring, scene->guarded ? -4 : SESSION_KEYRING, 0));
}

static int move_ring(const struct scene *scene)
{
	int ring = find_key(scene, "bpfseal");

	if (scene->guarded && setresuid(HOLDERS_USER_ID, HOLDERS_USER_ID, 0) < 0)
		return -errno;
	return result_of(syscall(SYS_keyctl, (long)MOVE, (long)ring, (long)(scene->guarded ? -4 : SESSION_KEYRING), -2L, 0L));
}

const struct attack key_attacks[] = {
	{.name = "keyring-clear", .run = clear_ring, .aim = AIM_ACT},
	{.name = "keyring-revoke", .run = revoke_ring, .aim = AIM_ACT},
	{.name = "keyring-invalidate", .run = invalidate_ring, .aim = AIM_ACT},
	{.name = "keyring-setperm", .run = setperm_ring, .aim = AIM_ACT},
	{.name = "keyring-chown", .run = chown_ring, .aim = AIM_ACT},
	{.name = "keyring-timeout", .run = expire_ring, .aim = AIM_ACT},
	{.name = "keyring-link-into-own", .run = link_ring, .aim = AIM_ACT},
	{.name = "confirm-keyring-clear", .run = clear_confirmers, .aim = AIM_ACT},
	{.name = "confirm-keyring-revoke", .run = revoke_confirmers, .aim = AIM_ACT},
	{.name = "confirm-keyring-invalidate", .run = invalidate_confirmers, .aim = AIM_ACT},
	{.name = "confirm-keyring-setperm", .run = setperm_confirmers, .aim = AIM_ACT},
	{.name = "confirm-keyring-timeout", .run = expire_confirmers, .aim = AIM_ACT},
	{.name = "confirm-keyring-add-key", .run = add_key_to_confirmers, .aim = AIM_ACT},
	{.name = "keyring-clear-as-holder", .run = clear_as_holder, .aim = AIM_ACT},
	{.name = "keyring-revoke-as-holder", .run = revoke_as_holder, .aim = AIM_ACT},
	{.name = "keyring-invalidate-as-holder", .run = invalidate_as_holder, .aim = AIM_ACT},
	{.name = "holding-keyring-clear", .run = clear_holder, .aim = AIM_ACT},
	{.name = "holding-keyring-revoke", .run = revoke_holder, .aim = AIM_ACT},
	{.name = "holding-keyring-invalidate", .run = invalidate_holder, .aim = AIM_ACT},
	{.name = "holding-keyring-setperm", .run = setperm_holder, .aim = AIM_ACT},
	{.name = "holding-keyring-clear-as-its-user", .run = clear_holder_as_its_user, .aim = AIM_ACT},
	{.name = "holding-keyring-unlink-as-its-user", .run = unlink_ring_from_holder, .aim = AIM_ACT},
	{.name = "holding-keyring-move-as-its-user", .run = move_ring, .aim = AIM_ACT},
	{.name = NULL},
};
