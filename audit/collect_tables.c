/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a store, as the specs of probes have them: see collect.h. */
#include "audit/collect.h"
#include "lib/own.h"

int collect_create_tables(const struct probe_entry *registry, struct store *store, struct err *err)
{
	for (; registry->name; registry++) {
		struct store_column columns[PROBE_MAX_COLUMNS];

		if (registry->probe->column_count > PROBE_MAX_COLUMNS)
			die("probe %s has more than %d columns", registry->name, PROBE_MAX_COLUMNS);
		for (unsigned i = 0; i < registry->probe->column_count; i++)
			columns[i] = (struct store_column){
			    .name = registry->probe->columns[i].name,
			    .is_text = registry->probe->columns[i].type == TEXT,
			};
		if (store_create_table(store, registry->name, columns,
				       registry->probe->column_count, err) < 0)
			return -1;
	}
	return store_exec(
	    store,
	    "CREATE TABLE coverage (\"table\" TEXT PRIMARY KEY, status TEXT NOT NULL, "
	    "detail TEXT, ms INTEGER NOT NULL) STRICT",
	    err);
}
