/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pieces of SARIF 2.1.0 (OASIS, with its errata) that need care but know nothing of audits. The
 * section numbers here are that standard's. Every char * returned is the caller's to free.
 */
#ifndef LIB_SARIF_H
#define LIB_SARIF_H

#include <jansson.h>
#include <stdint.h>

/*
 * The two names of a rule: "HRD" and eight digits that hash the id, in the form that viewers
 * expect of an opaque, stable identifier; and the id in PascalCase, so that
 * "exposure/port-open" becomes "ExposurePortOpen".
 */
char *sarif_number(const char *id) __attribute__((returns_nonnull));
char *sarif_name(const char *id) __attribute__((returns_nonnull));

/*
 * A sentence for a message, of at most `max` characters, without the full stop at its end. Brackets
 * and braces become parentheses: they would be a link or a placeholder (section 3.11). Line ends
 * become blanks.
 */
char *sarif_sentence(const char *text, size_t max) __attribute__((returns_nonnull));

/*
 * A physical location (section 3.29). `file` may be absolute (then it is relative to the base
 * HOSTROOT) or relative; NULL or one without a name: none, and AREA/SUBJECT stands in for it. The
 * snippet is what viewers show beside it, and is never empty.
 */
json_t *sarif_location(const char *file, int64_t line, const char *area, const char *subject,
		       const char *snippet) __attribute__((returns_nonnull));

/*
 * A message (section 3.11) that names the thing on the host, and the two templates that it is made
 * from: with the rule's title when all of it fits into 150 characters, where DefectDojo cuts; else
 * without, as viewers have the title beside it; else with as much of the detail as fits.
 */
json_t *sarif_message(const char *title, const char *host, const char *subject, const char *detail)
    __attribute__((returns_nonnull));
json_t *sarif_message_strings(const char *title) __attribute__((returns_nonnull));

/* Partial fingerprints (section 3.27.17): a hash of the three, and the only one GitHub reads. */
json_t *sarif_fingerprints(const char *host, const char *rule, const char *subject)
    __attribute__((returns_nonnull));

/* Adds a tag, unless it is there already or GitHub would not keep it: it keeps ten. */
void sarif_add_tag(json_t *tags, const char *tag);

/*
 * Each CWE-n of `refs` ("CWE-306, CIS Docker 5.9"; NULL: none) becomes two tags and a relation, and
 * is added to the taxonomy's `taxa` if it is not there. Without any, CWE-693 (Protection Mechanism
 * Failure) stands in: DefectDojo tells findings apart by it.
 */
void sarif_add_weaknesses(const char *refs, json_t *taxa, json_t *tags, json_t *relations);

#endif
