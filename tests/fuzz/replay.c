/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Feeds every file of every corpus to its harness, without libFuzzer: what a fuzzer once found
 * stays found, in each build, also under ASan. `prove -v` shows the file that a crash came with.
 *
 * Usage: replay [CORPUS]     one folder for each harness; default tests/fuzz/corpus
 */
#include "tests/fuzz/replay.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "tests/tap.h"

#define MAX_BYTES (64L << 20)

/* The bytes in an allocation of exactly their size, so that ASan sees one read too many. */
static uint8_t *slurp(const char *path, size_t *size)
{
	FILE *file = fopen(path, "re");
	uint8_t *data = NULL;
	struct stat meta;

	if (!file)
		return NULL;
	if (fstat(fileno(file), &meta) == 0 && S_ISREG(meta.st_mode) && meta.st_size <= MAX_BYTES) {
		*size = (size_t)meta.st_size;
		data = malloc(*size);
		if (data && fread(data, 1, *size, file) != *size) {
			free(data);
			data = NULL;
		}
	}
	(void)fclose(file); /* it was only read */
	return data;
}

static bool feed(const struct harness *harness, const char *folder, const char *name)
{
	char path[4096];
	uint8_t *data;
	size_t size;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	printf("# %s\n", path);
	(void)fflush(stdout); /* or a crash would take the name with it */
	data = slurp(path, &size);
	if (!data)
		return false;
	(void)harness->run(data, size); /* not 0 only tells libFuzzer to keep it out of a corpus */
	free(data);
	return true;
}

static void replay(const struct harness *harness, const char *corpus)
{
	char folder[2048];
	struct dirent *entry;
	unsigned fed = 0;
	unsigned unread = 0;
	DIR *dir;

	(void)snprintf(folder, sizeof(folder), "%s/%s", corpus, harness->name);
	dir = opendir(folder);
	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		if (feed(harness, folder, entry->d_name))
			fed++;
		else
			unread++;
	}
	if (dir)
		(void)closedir(dir); /* it was only read */
	(void)ok(fed > 0 && unread == 0, "fuzz corpus %s: %u inputs, %u that cannot be read",
		 harness->name, fed, unread);
}

int main(int argc, char **argv)
{
	const char *corpus = argc > 1 ? argv[1] : "tests/fuzz/corpus";

	for (const struct harness *harness = harnesses; harness->name; harness++)
		replay(harness, corpus);
	return done();
}
