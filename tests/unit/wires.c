/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How namespaces hang together: pairs, and what leads beyond the host. */
#include "audit/wires.h"

#include <net/if.h>
#include <string.h>

#include "tests/tap.h"

#define CHAIN 40

struct scene {
	struct world world;
	struct world_namespace at[3]; /* the host, and two more */
	struct fw_link links[4 * CHAIN];
	unsigned count;
};

static void begin(struct scene *scene)
{
	memset(scene, 0, sizeof(*scene));
	scene->world.first = &scene->at[0];
	scene->at[0].next = &scene->at[1];
	scene->at[1].next = &scene->at[2];
}

static struct fw_link *add(struct scene *scene, unsigned at, const char *kind, int index, int lower)
{
	struct fw_link *link = &scene->links[scene->count++];

	(void)snprintf(link->kind, sizeof(link->kind), "%s", kind);
	link->index = index;
	link->lower = lower;
	link->is_lower_elsewhere = true;
	link->flags = IFF_UP;
	link->next = scene->at[at].host.links;
	scene->at[at].host.links = link;
	return link;
}

/* A container whose other end is a port of `kind`, which nothing else is. */
static bool leads_out_behind(const char *kind)
{
	static struct scene scene;
	const struct fw_link *inner;

	begin(&scene);
	(void)add(&scene, 0, kind, 5, 0);
	add(&scene, 0, "veth", 6, 2)->master = 5;
	inner = add(&scene, 1, "veth", 2, 6);
	wires_connect(&scene.world);
	return inner->is_outside;
}

static void test_masters(void)
{
	ok(!leads_out_behind("bridge"), "behind a bridge without an uplink is inside");
	ok(!leads_out_behind("vrf"), "and behind a VRF");
	ok(leads_out_behind("openvswitch"), "where Open vSwitch sends packets is not known");
	ok(leads_out_behind("bond"), "nor what a bond belongs to");
}

static void test_strangers(void)
{
	static struct scene scene;
	const struct fw_link *uplink;
	const struct fw_link *near;
	const struct fw_link *far;

	begin(&scene);
	uplink = add(&scene, 0, "veth", 33, 31);
	(void)add(&scene, 1, "veth", 31, 33);
	(void)add(&scene, 2, "veth", 33, 31);
	wires_connect(&scene.world);
	ok(!uplink->peer && uplink->is_outside, "a pair elsewhere is not the uplink's other end");
	begin(&scene);
	near = add(&scene, 1, "veth", 31, 33);
	far = add(&scene, 2, "veth", 33, 31);
	wires_connect(&scene.world);
	ok(near->peer == far && far->peer == near && !near->is_outside, "alone it is a pair");
}

/* Bridges one behind the other, the uplink at the end that is looked at last. */
static void test_chain(void)
{
	static struct scene scene;
	const struct fw_link *last;

	begin(&scene);
	add(&scene, 0, "", 1, 0)->master = 1000;
	for (int i = 0; i < CHAIN; i++) {
		(void)add(&scene, 0, "bridge", 1000 + i, 0);
		(void)add(&scene, 0, "veth", 100 + 2 * i, 101 + 2 * i);
		scene.links[scene.count - 1].master = 1000 + i;
		scene.links[scene.count - 1].is_lower_elsewhere = false;
		last = add(&scene, 0, "veth", 101 + 2 * i, 100 + 2 * i);
		scene.links[scene.count - 1].master = i + 1 < CHAIN ? 1001 + i : 0;
		scene.links[scene.count - 1].is_lower_elsewhere = false;
	}
	wires_connect(&scene.world);
	ok(last->is_outside, "behind very many bridges is not inside");
}

int main(void)
{
	test_masters();
	test_strangers();
	test_chain();
	return done();
}
