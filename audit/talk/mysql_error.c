/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What the errors of MySQL and MariaDB decide: see mysql_auth.h. */
#include "audit/talk/mysql_auth.h"

/* mysqld_ername.h of MySQL 8.4, and mysqld_error.h of MariaDB: 4000 and more are MariaDB's alone.
 */
static const struct {
	uint16_t error;
	enum mysql_outcome outcome;
} errors[] = {
    {1040, MYSQL_BUSY},             /* ER_CON_COUNT_ERROR */
    {1045, MYSQL_DENIED},           /* ER_ACCESS_DENIED_ERROR */
    {1129, MYSQL_HOST_BLOCKED},     /* ER_HOST_IS_BLOCKED */
    {1130, MYSQL_HOST_NOT_ALLOWED}, /* ER_HOST_NOT_PRIVILEGED */
    {1203, MYSQL_BUSY},             /* ER_TOO_MANY_USER_CONNECTIONS */
    {1226, MYSQL_BUSY},             /* ER_USER_LIMIT_REACHED */
    {1251, MYSQL_UNSUPPORTED},      /* ER_NOT_SUPPORTED_AUTH_MODE */
    {1275, MYSQL_UNSUPPORTED},      /* ER_SERVER_IS_IN_SECURE_AUTH_MODE */
    {1698, MYSQL_DENIED},           /* ER_ACCESS_DENIED_NO_PASSWORD_ERROR */
    {1820, MYSQL_ACCEPTED},         /* ER_MUST_CHANGE_PASSWORD */
    {1862, MYSQL_ACCEPTED},         /* ER_MUST_CHANGE_PASSWORD_LOGIN: checked after the password */
    {3118, MYSQL_LOCKED},           /* ER_ACCOUNT_HAS_BEEN_LOCKED */
    {3159, MYSQL_TLS_REQUIRED},     /* ER_SECURE_TRANSPORT_REQUIRED */
    {3955, MYSQL_LOCKED},           /* ER_USER_ACCESS_DENIED_…_BLOCKED_BY_PASSWORD_LOCK */
    {4150, MYSQL_LOCKED},           /* ER_USER_IS_BLOCKED */
    {4151, MYSQL_LOCKED},           /* ER_ACCOUNT_HAS_BEEN_LOCKED */
};

enum mysql_outcome mysql_error_outcome(uint16_t error)
{
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		if (errors[i].error == error)
			return errors[i].outcome;
	}
	return MYSQL_UNKNOWN;
}

const char *mysql_outcome_name(enum mysql_outcome outcome)
{
	static const char *const names[] = {
	    [MYSQL_UNKNOWN] = "unknown",
	    [MYSQL_ACCEPTED] = "accepted",
	    [MYSQL_DENIED] = "denied",
	    [MYSQL_LOCKED] = "locked",
	    [MYSQL_HOST_NOT_ALLOWED] = "host not allowed",
	    [MYSQL_HOST_BLOCKED] = "host blocked",
	    [MYSQL_TLS_REQUIRED] = "tls required",
	    [MYSQL_UNSUPPORTED] = "unsupported",
	    [MYSQL_BUSY] = "busy",
	};

	return names[outcome];
}
