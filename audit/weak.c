/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Passwords that bots try: see weak.h. Of those with fewer than WEAK_LEN bytes all are. */
#include "audit/weak.h"

#include <string.h>
#include <strings.h>

#include "lib/own.h"

/* From the documentation of the servers and their images, and what leaked lists begin with. */
static const char *const known[] = {
    "password",         "passw0rd",       "password1",        "password123",     "p@ssw0rd",
    "p@ssword",         "12345678",       "123456789",        "1234567890",      "qwertyuiop",
    "qwerty123",        "qwerty12345",    "1q2w3e4r",         "1q2w3e4r5t",      "iloveyou",
    "11111111",         "00000000",       "abcd1234",         "abc12345",        "changeme",
    "changeit",         "change-me",      "change_me",        "changethis",      "letmein1",
    "administrator",    "admin123",       "admin1234",        "adminadmin",      "rootroot",
    "root1234",         "rootpass",       "rootpassword",     "toortoor",        "mysqlroot",
    "mysqlpass",        "mysqlpassword",  "mariadb1",         "mariadbpassword", "my-secret-pw",
    "mysecretpassword", "mysecret",       "my_secret_pw",     "postgres",        "postgres1",
    "postgres123",      "postgrespw",     "postgrespassword", "postgresql",      "foobared",
    "redispass",        "redispassword",  "redis123",         "examplepass",     "example1",
    "secret123",        "secretpassword", "supersecret",      "default1",        "defaultpassword",
    "dbpassword",       "db_password",    "database",         "testtest",        "test1234",
    "testpassword",     "developer",      "devpassword",      "welcome1",        "welcome123",
    "guestguest",       "rabbitmq",       "minioadmin",       "elastic1",        "wordpress",
    "somewordpress",    "nextcloud",      "grafana1",         "jenkins1",        "insecure",
    "dontusethis",      "your_password",  "yourpassword",     "your-password",   "userpassword",
};

bool password_is_weak(struct span password)
{
	if (password.len < WEAK_LEN)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strlen(known[i]) == password.len &&
		    strncasecmp(known[i], password.data, password.len) == 0)
			return true;
	return false;
}
