// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attack.h"

enum {
	JOIN = 1,
	UPDATE = 2,
	REVOKE = 3,
	CHOWN = 4,
	SETPERM = 5,
	CLEAR = 7,
	LINK_TO = 8,
	UNLINK_FROM = 9,
	SEARCH = 10,
	READ = 11,
	SET_TIMEOUT = 15,
	INVALIDATE = 21,
	GET_PERSISTENT = 22,
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

static int found_in(int ring)
{
	return (int)keyctl(SEARCH, ring, (long)address_of("user"), (long)address_of("mine"));
}

/* The first key in the ring: a certificate of the guard's. */
static int key_in(const struct scene *scene, int ring)
{
	int32_t serials[16] = {0};

	if (!scene->guarded)
		return system_add_key("user", "mine", "x", 1, ring) < 0 ? -errno : found_in(ring);
	return keyctl(READ, ring, (long)address_of(serials), sizeof(serials)) < 0 ? -errno : serials[0];
}

static int on_certificate(const struct scene *scene, int operation, long a, long b)
{
	int key = key_in(scene, find_key(scene, "bpfseal"));

	return key < 0 ? key : result_of(keyctl(operation, key, a, b));
}

static int revoke_certificate(const struct scene *scene) { return on_certificate(scene, REVOKE, 0, 0); }
static int invalidate_certificate(const struct scene *scene) { return on_certificate(scene, INVALIDATE, 0, 0); }
static int expire_certificate(const struct scene *scene) { return on_certificate(scene, SET_TIMEOUT, 1, 0); }
static int setperm_certificate(const struct scene *scene) { return on_certificate(scene, SETPERM, ALL_PERMISSIONS, 0); }
static int chown_certificate(const struct scene *scene) { return on_certificate(scene, CHOWN, 0, 0); }
static int update_certificate(const struct scene *scene)
{
	return on_certificate(scene, UPDATE, (long)address_of("y"), 1);
}

static int unlink_certificate(const struct scene *scene)
{
	int ring = find_key(scene, "bpfseal"), key = key_in(scene, ring);

	return key < 0 ? key : result_of(keyctl(UNLINK_FROM, key, ring, 0));
}

static int restrict_ring(const struct scene *scene) { return on_ring(scene, RESTRICT_RING, 0, 0); }

/* A key that the kernel finds or makes is linked to the ring that the caller names. */
static int request_key_into_ring(const struct scene *scene)
{
	int ring = find_key(scene, "bpfseal");

	system_add_key("user", "wanted", "x", 1, SESSION_KEYRING);
	return ring < 0 ? ring : result_of(syscall(SYS_request_key, "user", "wanted", NULL, (long)ring));
}

static int persistent_into_ring(const struct scene *scene)
{
	int ring = find_key(scene, "bpfseal");

	return ring < 0 ? ring : result_of(keyctl(GET_PERSISTENT, -1, ring, 0));
}

/* A keyring that is found by its name becomes the session's, and so the caller's possession, who may then destroy it. */
static int join_and_invalidate(const struct scene *scene)
{
	char name[32] = "bpfseal";
	long joined;
	int ring;

	/* One that the attack before destroyed may still be found. */
	if (!scene->guarded)
		snprintf(name, sizeof(name), "bpfseal-%d", (int)getpid());
	ring = find_key(scene, name);
	/* Usual for those that are made to be joined. */
	if (!scene->guarded)
		keyctl(SETPERM, ring, ALL_PERMISSIONS, 0);
	joined = keyctl(JOIN, (long)address_of(name), 0, 0);
	if (joined < 0 || ring < 0)
		return -errno;
	return joined != ring ? -ENOKEY : result_of(keyctl(INVALIDATE, ring, 0, 0));
}

static int join_as_holder(const struct scene *scene)
{
	return scene->guarded && setresuid(HOLDERS_USER_ID, HOLDERS_USER_ID, 0) < 0 ? -errno : join_and_invalidate(scene);
}

/* The kernel's keyring of all users' keyrings, without which none of them stays. */
static int clear_register(const struct scene *scene)
{
	int ring = find_keyring(".user_reg");

	(void)scene;
	return ring < 0 ? ring : result_of(keyctl(CLEAR, ring, 0, 0));
}

static int setperm_register(const struct scene *scene)
{
	int ring = find_keyring(".user_reg");

	(void)scene;
	return ring < 0 ? ring : result_of(keyctl(SETPERM, ring, ALL_PERMISSIONS, 0));
}

const struct attack key_attacks[] = {
	{.name = "keyring-clear", .run = clear_ring, .aim = AIM_ACT},
	{.name = "keyring-revoke", .run = revoke_ring, .aim = AIM_ACT},
	{.name = "keyring-invalidate", .run = invalidate_ring, .aim = AIM_ACT},
	{.name = "keyring-setperm", .run = setperm_ring, .aim = AIM_ACT},
	{.name = "keyring-chown", .run = chown_ring, .aim = AIM_ACT},
	{.name = "keyring-timeout", .run = expire_ring, .aim = AIM_ACT},
	{.name = "keyring-link-into-own", .run = link_ring, .aim = AIM_ACT},
	{.name = "keyring-restrict", .run = restrict_ring, .aim = AIM_ACT},
	{.name = "keyring-request-key-into", .run = request_key_into_ring, .aim = AIM_ACT},
	{.name = "keyring-persistent-into", .run = persistent_into_ring, .aim = AIM_ACT},
	{.name = "keyring-join-and-invalidate", .run = join_and_invalidate, .aim = AIM_ACT},
	{.name = "keyring-join-as-holder", .run = join_as_holder, .aim = AIM_ACT},
	{.name = "certificate-revoke", .run = revoke_certificate, .aim = AIM_ACT},
	{.name = "certificate-invalidate", .run = invalidate_certificate, .aim = AIM_ACT},
	{.name = "certificate-timeout", .run = expire_certificate, .aim = AIM_ACT},
	{.name = "certificate-setperm", .run = setperm_certificate, .aim = AIM_ACT},
	{.name = "certificate-chown", .run = chown_certificate, .aim = AIM_ACT},
	{.name = "certificate-update", .run = update_certificate, .aim = AIM_ACT},
	{.name = "certificate-unlink", .run = unlink_certificate, .aim = AIM_ACT},
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
	{.name = "register-of-user-keyrings-clear-is-futile", .run = clear_register, .aim = AIM_ACT},
	{.name = "register-of-user-keyrings-setperm-is-futile", .run = setperm_register, .aim = AIM_ACT},
	{.name = NULL},
};
