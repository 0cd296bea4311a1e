/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What is asked for with an argument, which root does not look into: see probe.h. */
#include <string.h>

#include "audit/host.h"
#include "audit/message.h"

int host_ask_elements(struct host *host, unsigned need, const struct nft_set_name *name,
		      struct err *err)
{
	struct wire message;

	if (host_begin_ask(host, &message, need, err) < 0)
		return -1;
	wire_put_u64(&message, name->namespace);
	wire_put_u8(&message, name->family);
	wire_put_span(&message, name->table);
	wire_put_span(&message, name->set);
	host_send_ask(host, &message, need);
	return 0;
}

static int ask_named(struct host *host, unsigned need, int64_t pid, struct span path, bool is_glob,
		     struct err *err)
{
	struct wire message;

	if (path.len == 0 || path.len > MESSAGE_MAX_PATH || path.data[0] != '/' ||
	    memchr(path.data, '\0', path.len))
		return err_set(err, "not an absolute path");
	if (host_begin_ask(host, &message, need, err) < 0)
		return -1;
	wire_put_u64(&message, (uint64_t)pid);
	wire_put_u8(&message, is_glob);
	wire_put_span(&message, path);
	host_send_ask(host, &message, need);
	return 0;
}

int host_ask_file(struct host *host, unsigned need, int64_t pid, struct span path, struct err *err)
{
	return ask_named(host, need, pid, path, false, err);
}

int host_ask_glob(struct host *host, unsigned need, int64_t pid, struct span pattern,
		  struct err *err)
{
	return ask_named(host, need, pid, pattern, true, err);
}

int host_ask_variable(struct host *host, unsigned need, struct span name, struct err *err)
{
	struct wire message;

	if (host_begin_ask(host, &message, need, err) < 0)
		return -1;
	wire_put_span(&message, name);
	host_send_ask(host, &message, need);
	return 0;
}

int host_ask_engine(struct host *host, unsigned need, const char *socket, struct span ids,
		    struct err *err)
{
	struct wire message;

	if (host_begin_ask(host, &message, need, err) < 0)
		return -1;
	wire_put_span(&message, span_of(socket));
	wire_put_span(&message, ids);
	host_send_ask(host, &message, need);
	return 0;
}

int host_ask_processes(struct host *host, unsigned need, const int64_t *pids, size_t count,
		       struct err *err)
{
	struct wire message;

	if (count == 0 || count > HOST_MAX_PIDS)
		return err_set(err, "a question about %zu processes", count);
	if (host_begin_ask(host, &message, need, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		wire_put_u32(&message, (uint32_t)pids[i]);
	host_send_ask(host, &message, need);
	return 0;
}
