/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What comes before SMTP's TLS: see starttls.h. */
#include <string.h>
#include <strings.h>

#include "audit/talk/starttls.h"

#define MAX_LINES 100 /* of all replies */

static enum talk over(struct starttls_smtp *smtp, enum talk talk, const char *reason)
{
	smtp->is_over = true;
	smtp->reason = reason;
	return talk;
}

enum talk starttls_smtp_begin(struct starttls_smtp *smtp, struct buf *out)
{
	(void)out; /* the server speaks first */
	*smtp = (struct starttls_smtp){0};
	return TALK_MORE;
}

/* "250-STARTTLS" or "250 STARTTLS": RFC 3207, 4 */
static bool names_starttls(struct span line)
{
	struct span word = span_trim((struct span){line.data + 4, line.len - 4});

	return word.len == 8 && strncasecmp(word.data, "STARTTLS", 8) == 0;
}

/* The last line of a reply. */
static enum talk answer(struct starttls_smtp *smtp, const char *code, struct buf *out)
{
	bool is_good = strncmp(code, smtp->stage == SMTP_EHLO ? "250" : "220", 3) == 0;

	switch (smtp->stage) {
	case SMTP_GREETING:
		if (!is_good) /* 554: it serves nobody; 421: not now */
			return over(smtp, TALK_BROKEN, "it does not greet with 220");
		buf_text(out, "EHLO localhost\r\n");
		smtp->stage = SMTP_EHLO;
		return TALK_MORE;
	case SMTP_EHLO:
		smtp->is_offered = smtp->is_offered && is_good;
		if (!smtp->is_offered) {
			buf_text(out, "QUIT\r\n");
			return over(smtp, TALK_DONE, NULL);
		}
		buf_text(out, "STARTTLS\r\n");
		smtp->stage = SMTP_STARTTLS;
		return TALK_MORE;
	case SMTP_STARTTLS:
		break;
	}
	return is_good ? over(smtp, TALK_START_TLS, NULL)
		       : over(smtp, TALK_BROKEN, "it offers STARTTLS and then refuses it");
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* RFC 5321, 4.2: three digits, then a hyphen on all lines of a reply but the last. */
static enum talk read_line(struct starttls_smtp *smtp, struct buf *out)
{
	struct span line = {smtp->line, smtp->len};

	if (++smtp->lines > MAX_LINES)
		return over(smtp, TALK_BROKEN, "it tells on and on");
	if (line.len < 4 || !is_digit(line.data[0]) || !is_digit(line.data[1]) ||
	    !is_digit(line.data[2]) ||
	    (line.data[3] != ' ' && line.data[3] != '-' && line.data[3] != '\r' &&
	     line.data[3] != '\n'))
		return over(smtp, TALK_BROKEN, "it does not speak SMTP");
	if (smtp->stage == SMTP_EHLO && names_starttls(line))
		smtp->is_offered = true;
	return line.data[3] == '-' ? TALK_MORE : answer(smtp, line.data, out);
}

/* What stands behind the line that begins TLS would be taken for what came through it
 * (CVE-2011-0411), so it must not be there. */
enum talk starttls_smtp_feed(struct starttls_smtp *smtp, struct span in, struct buf *out)
{
	for (size_t i = 0; i < in.len && !smtp->is_over; i++) {
		enum talk talk = TALK_MORE;

		if (smtp->len == sizeof(smtp->line))
			return over(smtp, TALK_BROKEN, "its line is too long");
		smtp->line[smtp->len++] = in.data[i];
		if (in.data[i] == '\n') {
			talk = read_line(smtp, out);
			smtp->len = 0;
		}
		if (talk == TALK_START_TLS && i + 1 < in.len)
			return over(smtp, TALK_BROKEN,
				    "it goes on in clear after TLS was agreed on");
		if (talk != TALK_MORE)
			return talk;
	}
	return smtp->is_over ? TALK_BROKEN : TALK_MORE;
}
