// SPDX-License-Identifier: Apache-2.0
/*
 * The next program of an image for attacks. On the initramfs it attacks the pins' own mount, then it becomes the system:
 * a new root is moved over the old one, as switch_root does, and the rest is attacked from there. In a system that has
 * booted, or in a container, `attack within PINS GROUP ...` does so through a view of the pins. One line each:
 *
 *	bpfseal-attack: NAME RESULT alive|gone works|fails
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "attack.h"
#include "error_name.h"

enum { ATTACK_SECONDS = 20, RAW_TRACEPOINT = 17, PATH_SIZE = 256 };

static const struct {
	const char *name;
	const struct attack *attacks;
	bool outside;	/* made from the mount namespace of process 1 */
} groups[] = {
	{"pins", pin_attacks, false},	{"uring", uring_attacks, false},     {"links", link_attacks, false},
	{"objects", object_attacks, false}, {"loads", load_attacks, false},  {"keys", key_attacks, false},
	{"kernel", kernel_attacks, false}, {"tracing", tracing_attacks, false}, {"reach", reach_attacks, true},
	{"races", race_attacks, true},	{"cover", cover_attacks, true},	     {"tasks", task_attacks, true},
};

enum { GROUP_COUNT = sizeof(groups) / sizeof(groups[0]) };

static struct scene scene;
static unsigned major, minor;
static bool quick, any_loads;

void print_line(const char *name, const char *result, bool alive, bool works)
{
	printf("bpfseal-attack: %s %s %s %s\n", name, result, alive ? "alive" : "gone", works ? "works" : "fails");
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
}

static bool applies(const struct attack *attack)
{
	bool begun = major > attack->major || (major == attack->major && minor >= attack->minor);
	bool ended = attack->end_major != 0 &&
		     (major > attack->end_major || (major == attack->end_major && minor >= attack->end_minor));

	return begun && !ended;
}

/* A link that ends with its pin only. */
static int make_victim(const char *pin)
{
	struct raw_tracepoint_args open_args = {.name = address_of("sched_switch")};
	struct object_pin_args args = {.pathname = address_of(pin)};
	int prog = load_program(RAW_TRACEPOINT, 0), error;

	open_args.prog_fd = (uint32_t)prog;
	args.bpf_fd = (uint32_t)system_bpf(CMD_RAW_TRACEPOINT_OPEN, &open_args, RAW_TRACEPOINT_SIZE);
	error = system_bpf(CMD_OBJ_PIN, &args, OBJECT_PIN_SIZE);
	close(prog);
	close((int)args.bpf_fd);
	return error;
}

/* Where nothing protects anything each attack gets pins of its own, in a namespace of its own. */
static void make_scene(void)
{
	static const struct scene fresh = {
		.pins = "/tmp/parent/pins",
		.parent = "/tmp/parent",
		.pin = "/tmp/parent/pins/victim/link",
		.other = "/tmp/parent/pins/victim/other",
		.detachable = "/tmp/parent/pins/victim/cgroup",
	};

	if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		perror("namespace");
	mkdir(fresh.parent, 0700);
	mount("tmpfs", fresh.parent, "tmpfs", 0, NULL);
	mkdir(fresh.pins, 0700);
	if (mount("bpf", fresh.pins, "bpf", 0, NULL) < 0)
		perror("bpffs");
	mkdir("/tmp/parent/pins/victim", 0700);
	if (make_victim(fresh.pin) < 0 || make_victim(fresh.other) < 0 ||
	    pin_cgroup_link("/sys/fs/cgroup", fresh.detachable) < 0)
		perror("victim");
	scene = fresh;
	forget_links();
	note_link(link_id_of_pin(fresh.pin));
}

static void attempt(const struct attack *attack)
{
	bool alive, works;
	int error, waited;
	pid_t child;

	if (!scene.guarded)
		make_scene();
	child = fork();
	if (child == 0) {
		alarm(ATTACK_SECONDS);
		error = attack->run(&scene);
		_exit(error < 0 ? -error & 0xff : 0);
	}
	waitpid(child, &waited, 0);
	error = WIFEXITED(waited) ? WEXITSTATUS(waited) : EINTR;
	alive = links_alive();
	works = attack->aim == AIM_ACT ? error == 0 : attack->aim == AIM_LINK ? !alive : error == 0 && alive;
	print_line(attack->name, error_name(error), alive, works);
}

static void attempt_all(const struct attack *attacks)
{
	for (; attacks->name != NULL; attacks++) {
		pid_t child;

		if (!applies(attacks))
			continue;
		if (scene.guarded) {
			attempt(attacks);
			continue;
		}
		child = fork();
		if (child == 0) {
			attempt(attacks);
			_exit(0);
		}
		waitpid(child, NULL, 0);
	}
}

static void end(void)
{
	printf("bpfseal-attack: end\n");
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
}

static void on_initramfs(void)
{
	scene = (struct scene){
		.guarded = access("/bpfseal/guard", F_OK) == 0,
		.pins = "/bpfseal",
		.parent = "/",
		.pin = "/bpfseal/lsm-observers/open",
		.other = "/bpfseal/tracepoints/loose",
		.detachable = "/bpfseal/cgroup-network/in",
	};
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mkdir("/tmp", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("cgroup2", "/sys/fs/cgroup", "cgroup2", 0, NULL);
	/* A kernel that knows no signatures has loaded nothing where there is no guard. */
	mkdir("/bpfseal/lsm-observers", 0700);
	if (!scene.guarded)
		make_victim(scene.pin);
	note_links();
	if (any_loads || !scene.guarded)
		attempt_all(any_load_attacks);
	if (any_loads) {
		end();
		return;
	}
	attempt_all(mount_attacks);
	umount2("/sys", MNT_DETACH);
	umount2("/proc", MNT_DETACH);
	enter_new_root(quick);
}

static void on_system(void)
{
	scene = (struct scene){
		.guarded = access("/pins/guard", F_OK) == 0,
		.pins = "/pins",
		.parent = "/",
		.pin = "/pins/lsm-observers/open",
		.other = "/pins/tracepoints/loose",
		.detachable = "/pins/cgroup-network/in",
	};
	note_links();
	for (unsigned i = 0; i < GROUP_COUNT; i++) {
		if (!groups[i].outside)
			attempt_all(groups[i].attacks);
	}
	if (scene.guarded)
		attack_tokens(&scene, quick, major >= 7 || (major == 6 && minor >= 18));
	attempt_all(late_attacks);
	for (unsigned i = 0; i < GROUP_COUNT; i++) {
		if (groups[i].outside)
			attempt_all(groups[i].attacks);
	}
	attempt_all(view_attacks);
	end();
}

static void attempt_group(unsigned group)
{
	if (groups[group].outside && setns(open("/proc/1/ns/mnt", O_RDONLY | O_CLOEXEC), CLONE_NEWNS) < 0)
		perror("setns");
	attempt_all(groups[group].attacks);
}

static void attack_within(const char *pins, char **words)
{
	static char pin[PATH_SIZE], other[PATH_SIZE], detachable[PATH_SIZE];
	bool guarded;

	snprintf(pin, sizeof(pin), "%s/lsm-observers/open", pins);
	snprintf(other, sizeof(other), "%s/tracepoints/loose", pins);
	snprintf(detachable, sizeof(detachable), "%s/cgroup-network/in", pins);
	guarded = note_kept_links();
	scene = (struct scene){
		.guarded = guarded,
		.pins = pins,
		.parent = "/",
		.pin = pin,
		.other = other,
		.detachable = detachable,
	};
	for (; *words != NULL; words++) {
		for (unsigned i = 0; i < GROUP_COUNT; i++) {
			if (strcmp(*words, groups[i].name) == 0)
				attempt_group(i);
		}
	}
	printf("bpfseal-attack: end\n");
}

int main(int count, char **arguments)
{
	struct utsname kernel;

	/* A word of the kernel's command line that it doesn't know becomes an argument of process 1. */
	quick = count > 1 && strcmp(arguments[count - 1], "quick") == 0;
	any_loads = count > 1 && strcmp(arguments[count - 1], "any") == 0;
	if (uname(&kernel) == 0)
		sscanf(kernel.release, "%u.%u", &major, &minor);
	if (count > 2 && strcmp(arguments[1], "within") == 0) {
		attack_within(arguments[2], arguments + 3);
		return 0;
	}
	if (count == 3 && strcmp(arguments[1], "helper") == 0) {
		helper(arguments[2]);
		return 0;
	}
	if (count == 3 && strcmp(arguments[1], "exists") == 0) {
		puts(link_exists((uint32_t)strtoul(arguments[2], NULL, 10)) ? "there" : "gone");
		return 0;
	}
	if (getpid() == 1 && access(REPLAY_SCRIPT, F_OK) == 0)
		replay();
	else if (count > 1 && strcmp(arguments[1], "system") == 0)
		on_system();
	else
		on_initramfs();
	sync();
	reboot(RB_POWER_OFF);
	return 0;
}
