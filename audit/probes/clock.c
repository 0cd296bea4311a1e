/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table clock: see the spec at the end. The flag STA_UNSYNC alone would wrong chrony, which
 * leaves it set unless it is told `rtcsync`. But whoever keeps the clock sets the maximum error,
 * and the kernel lets it grow by half a millisecond a second, up to NTP_PHASE_LIMIT, where it also
 * begins: kernel/time/ntp.c, include/linux/timex.h.
 */
#include <errno.h>

#include "audit/probe.h"

#define LIMIT_US 16000000 /* NTP_PHASE_LIMIT */

static int collect(struct host *host, struct err *err)
{
	struct item item;
	int got;

	if (host_ask(host, 0, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		struct span line;
		struct span word;
		uint64_t maxerror = 0;
		bool is_told = false;

		if (item.error) {
			host_item_failed(host, &item, item.path);
			continue;
		}
		while (span_cut(&item.data, '\n', &line))
			if (span_word(&line, &word) && span_is(word, "maxerror"))
				is_told = span_word(&line, &word) &&
					  span_uint(word, INT64_MAX, &maxerror) == 0;
		if (!is_told)
			return err_set(err, "adjtimex: no maximum error");
		row_int(host, maxerror < LIMIT_US);
		row_int(host, (int64_t)maxerror);
		row_end(host);
	}
	return got;
}

const struct probe probe_clock = {
    .about = "The clock of this host, and whether anything keeps it right; one row",
    COLUMNS({"is_kept", INTEGER, "1: by NTP, PTP or the like, in the last hours"},
	    {"max_error_us", INTEGER, "microseconds that it may be wrong by, as its keeper says"}),
    NEEDS({CLOCK, ""}),
    .collect = collect,
};
