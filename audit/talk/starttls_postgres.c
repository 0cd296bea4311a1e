/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What comes before PostgreSQL's TLS: see starttls.h. */
#include "audit/talk/starttls.h"

enum talk starttls_postgres_begin(struct starttls_postgres *postgres, struct buf *out)
{
	static const unsigned char request[] = {0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f}; /* 80877103 */

	*postgres = (struct starttls_postgres){0};
	buf_put(out, request, sizeof(request));
	return TALK_MORE;
}

/* One byte. What comes right behind S in clear would be taken for what came through TLS
 * (CVE-2021-23222), so it must not be there. */
enum talk starttls_postgres_feed(struct starttls_postgres *postgres, struct span in)
{
	if (in.len == 0)
		return TALK_MORE;
	if (in.data[0] == 'N' && in.len == 1)
		return TALK_DONE;
	postgres->is_offered = in.data[0] == 'S';
	if (postgres->is_offered && in.len == 1)
		return TALK_START_TLS;
	postgres->reason = postgres->is_offered ? "it goes on in clear after TLS was agreed on"
						: "it answers SSLRequest with neither S nor N";
	return TALK_BROKEN;
}
