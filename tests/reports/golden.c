/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every format writes every sample, byte for byte as in tests/reports/golden/.
 *
 * HARDEN_GOLDEN=write in the environment rewrites those files: read their diff. With
 * `--write DIR` the JSON and SARIF of all samples go to DIR for validate.t.
 */
#include <stdlib.h>

#include "lib/buf.h"
#include "lib/file.h"
#include "reports/report.h"
#include "tests/reports/samples.h"
#include "tests/tap.h"

#define MAX_REPORT (1U << 20)

static const struct variant {
	const char *suffix;
	const struct report_format *format;
	struct report_style style;
} variants[] = {
    {"json", &report_json, {0}},
    {"sarif", &report_sarif, {0}},
    {"txt", &report_text, {.is_utf8 = true}},
    {"80.txt", &report_text, {.is_utf8 = true, .columns = 80}},
    {"verbose.txt", &report_text, {.color = true, .is_utf8 = true, .columns = 40, .verbose = 1}},
    {"quiet.txt", &report_text, {.columns = 80, .quiet = true}},
};

static int write_report(const char *path, const struct variant *variant, const struct audit *audit,
			struct err *err)
{
	auto_fclose FILE *out = fopen(path, "we");

	if (!out)
		return err_sys(err, "%s", path);
	return variant->format->write(out, audit, &variant->style, err);
}

static void compare(const char *name, const struct variant *variant, const struct audit *audit)
{
	auto_free char *golden = xasprintf("tests/reports/golden/%s.%s", name, variant->suffix);
	auto_free char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	struct stat meta;
	struct err err = {""};
	auto_buf struct buf expected;

	buf_init(&expected, MAX_REPORT);
	if (!out)
		die("open_memstream");
	ok(variant->format->write(out, audit, &variant->style, &err) == 0, "%s is written", golden);
	(void)fclose(out);
	if (file_read(golden, &expected, &meta, &err) < 0)
		printf("# %s\n", err.text);
	if (!ok(size == expected.len && memcmp(text, buf_string(&expected), size) == 0,
		"and is as it was"))
		printf("# HARDEN_GOLDEN=write %s; git diff tests/reports/golden\n",
		       "build/tests/reports/golden");
}

static int write_all(const char *dir, size_t variant_count)
{
	struct err err = {""};

	for (size_t i = 0; i < ARRAY_LEN(sample_audits); i++) {
		for (size_t j = 0; j < variant_count; j++) {
			auto_free char *path =
			    xasprintf("%s/%s.%s", dir, sample_names[i], variants[j].suffix);

			if (write_report(path, &variants[j], &sample_audits[i], &err) < 0) {
				(void)fprintf(stderr, "%s\n", err.text);
				return 1;
			}
		}
	}
	return 0;
}

int main(int argc, char **argv)
{
	const char *golden = getenv("HARDEN_GOLDEN");

	if (argc == 3 && strcmp(argv[1], "--write") == 0)
		return write_all(argv[2], 2);
	if (golden && strcmp(golden, "write") == 0 &&
	    write_all("tests/reports/golden", ARRAY_LEN(variants)) != 0)
		return 1;
	for (size_t i = 0; i < ARRAY_LEN(sample_audits); i++)
		for (size_t j = 0; j < ARRAY_LEN(variants); j++)
			compare(sample_names[i], &variants[j], &sample_audits[i]);
	return done();
}
