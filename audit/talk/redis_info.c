/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What INFO says: see redis_info.h and redis.io, "INFO". */
#include "audit/talk/redis_info.h"

#include <stddef.h>

#include "audit/talk/keep.h"
#include "lib/own.h"

/* A field of INFO whose value is kept as text, or as a number where size is 0. */
static const struct field {
	const char *name;
	size_t offset;
	size_t size;
} fields[] = {
#define TEXT(name, member)                                                                         \
	{                                                                                          \
		name, offsetof(struct redis, member), sizeof(((struct redis *)NULL)->member)       \
	}
#define NUMBER(name, member)                                                                       \
	{                                                                                          \
		name, offsetof(struct redis, member), 0                                            \
	}
    TEXT("redis_version", version),
    TEXT("server_name", product),
    TEXT("redis_mode", mode),
    TEXT("server_mode", mode),
    TEXT("role", role),
    TEXT("executable", executable),
    TEXT("config_file", config_file),
    TEXT("master_host", master_host),
    NUMBER("master_port", master_port),
    NUMBER("process_id", process_id),
    NUMBER("connected_slaves", connected_replicas),
#undef TEXT
#undef NUMBER
};

static void read_field(struct redis *redis, struct span name, struct span value)
{
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		char *at = (char *)redis + fields[i].offset;

		if (!span_is(name, fields[i].name))
			continue;
		if (fields[i].size > 0)
			talk_keep(at, fields[i].size, value);
		else if (span_uint(value, INT64_MAX, (uint64_t *)(void *)at) < 0)
			*(uint64_t *)(void *)at = 0;
	}
}

/* "db0:keys=3,expires=0,avg_ttl=0" */
static void count_keys(struct redis *redis, struct span value)
{
	struct span field;
	uint64_t count;

	while (span_cut(&value, ',', &field)) {
		if (!span_starts(field, "keys="))
			continue;
		if (span_uint((struct span){field.data + 5, field.len - 5}, INT64_MAX, &count) ==
			0 &&
		    redis->key_count <= INT64_MAX - count)
			redis->key_count += count;
	}
}

void redis_info_read(struct redis *redis, struct span text)
{
	struct span line;

	while (span_cut(&text, '\n', &line)) {
		struct span value = span_trim(line);
		struct span name;

		if (!span_cut(&value, ':', &name))
			continue;
		read_field(redis, name, value);
		if (span_starts(name, "db"))
			count_keys(redis, value);
		if (span_is(name, "role"))
			redis->has_replication = true;
		if (span_is(name, "slave_read_only"))
			redis->is_replica_writable = span_is(value, "0");
		/* Valkey gives itself as Redis 7.2.4 too, for old clients */
		if (span_is(name, "valkey_version")) {
			talk_keep(redis->product, sizeof(redis->product), span_of("valkey"));
			talk_keep(redis->version, sizeof(redis->version), value);
		}
	}
}

/* By the rules, and by whether the command is there under its name. */
static enum redis_may both(enum redis_may rules, enum redis_may exists)
{
	return exists == REDIS_MAY_NOT ? REDIS_MAY_NOT : rules;
}

/* Before version 6 there are no rules of who may run what; ACL may be missing behind it as well. */
static bool is_before_acl(const struct redis *redis)
{
	struct span version = span_of(redis->version);
	struct span major = version;
	uint64_t number;

	return redis->is_missing[REDIS_ACL] && span_cut(&version, '.', &major) &&
	       span_uint(major, 1000, &number) == 0 && number < 6;
}

void redis_info_conclude(struct redis *redis)
{
	redis->may_info = redis->families[REDIS_INFO];
	redis->may_command = redis->families[REDIS_COMMAND];
	if (redis->version[0] && !redis->product[0])
		talk_keep(redis->product, sizeof(redis->product), span_of("redis"));
	if (redis->acl.is_read) {
		redis->may_config = redis->acl.config;
		redis->may_write = both(redis->acl.write, redis->set_exists);
		redis->may_eval = both(redis->acl.eval, redis->eval_exists);
	} else if (is_before_acl(redis)) {
		redis->may_config = redis->families[REDIS_CONFIG];
		redis->may_write = redis->set_exists;
		redis->may_eval = redis->eval_exists;
	}
	if (redis->is_missing[REDIS_CONFIG])
		redis->may_config = REDIS_MAY_NOT;
}
