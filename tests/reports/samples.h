/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Audits to report: one with everything, hostile texts among them, and the bare ones that a format
 * is most likely to get wrong.
 */
#ifndef TESTS_REPORTS_SAMPLES_H
#define TESTS_REPORTS_SAMPLES_H

#include <string.h>

#include "lib/own.h"
#include "rules/judge.h"

extern const struct report_format report_json;
extern const struct report_format report_sarif;
extern const struct report_format report_text;

/* By id, as judge_run() gives the verdicts. */
static const struct rule sample_rules[] = {
    {.id = "container/root-user",
     .severity = SEVERITY_MEDIUM,
     .title = "A container runs as root",
     .why = "Whoever breaks out of it is root on the host. Set user: in the compose file.",
     .refs = "CWE-250, CIS Docker 4.1, CWE-16, CWE-250, CWE-, CWE-1x",
     .tags = "docker, container, 3, 4, 5, 6, 7"},
    {.id = "exposure/port-open-not-in-intent",
     .severity = SEVERITY_HIGH,
     .title = "A port can be reached from more addresses than the intent allows",
     .why = "What nobody meant to open is what nobody watches. Close it, or add it to the "
	    "intent if it is meant to be open.",
     .fix = "nft_close",
     .refs = "CWE-668, CWE-1327, CIS Docker 5.9"},
    {.id = "intent/missing",
     .severity = SEVERITY_INFO,
     .title = "No intent was given, so nothing can be compared with it",
     .why = "Give the security groups or a policy file with --intent."},
    {.id = "kernel/v6-parity-a",
     .severity = SEVERITY_LOW,
     .title = "IPv6 is filtered less than IPv4",
     .why = "A port that is closed on one family only is open."},
    {.id = "redis/unauthenticated",
     .severity = SEVERITY_CRITICAL,
     .title = "Redis takes commands from anyone, without a password",
     .why = "Bots find it within hours, empty it, and leave a ransom note or a root shell.",
     .fix = "nft_close",
     .refs = "CWE-306"},
    {.id = "ssh/password-login",
     .severity = SEVERITY_MEDIUM,
     .title = "SSH accepts passwords",
     .why = "Guessed or reused passwords get in. Set 'PasswordAuthentication no', then reload.",
     .refs = "CWE-307",
     .tags = "gate"},
    {.id = "tls/expires-soon",
     .severity = SEVERITY_HIGH,
     .title = "A certificate expires soon",
     .why = "Clients will refuse to connect. Renew it."},
};

#define RULE(index) (&sample_rules[index])

/* 600 characters, some of them outside ASCII, with blanks now and then. */
#define LONG_60 "a path that never ends/größer/und/größer/with [brackets] {0} "
#define LONG LONG_60 LONG_60 LONG_60 LONG_60 LONG_60 LONG_60 LONG_60 LONG_60 LONG_60 LONG_60

static const struct finding sample_findings[] = {
    {.rule = RULE(4),
     .subject = "0.0.0.0:6379/tcp",
     .detail = "Redis answers PING without a password; 0.0.0.0/0 can reach it",
     .file = "/srv/app/compose.yml",
     .line = 14,
     .fingerprint = "000102030405060708090a0b0c0d0e0f",
     .fix = {{"port", "6379"}, {"protocol", "tcp"}},
     .fix_count = 2,
     .is_new = true,
     .fails_gate = true},
    {.rule = RULE(1),
     .subject = "0.0.0.0:5432/tcp",
     .detail = "postgres (container db) can be reached from 0.0.0.0/0; the intent allows "
	       "10.20.0.0/16",
     .fingerprint = "100102030405060708090a0b0c0d0e0f",
     .fix = {{"port", "5432"}},
     .fix_count = 1,
     .fails_gate = true},
    {.rule = RULE(1),
     .subject = "[::]:5432/tcp",
     .detail = "postgres (container db) can be reached from ::/0; the intent allows "
	       "2001:db8:20::/48",
     .fingerprint = "200102030405060708090a0b0c0d0e0f",
     .fix = {{"port", "5432"}},
     .fix_count = 1,
     .is_new = true,
     .fails_gate = true},
    {.rule = RULE(1),
     .subject = "\\x1b[31mred\\x1b[0m'; <script>alert(\"1\")</script> [x](http://e.example)",
     .detail = "a process named `rm -rf` \\\\ & 'friends' — größe",
     .file = "/opt/bö se/%41?#x\\x0ay",
     .fingerprint = "300102030405060708090a0b0c0d0e0f",
     .is_new = true,
     .fails_gate = true},
    {.rule = RULE(6),
     .subject = "www.example.com",
     .detail = LONG,
     .file = "sg.json",
     .line = 7,
     .fingerprint = "400102030405060708090a0b0c0d0e0f",
     .fails_gate = true},
    {.rule = RULE(0),
     .subject = "legacy-batch",
     .detail = "its main process has uid 0 of the host",
     .fingerprint = "500102030405060708090a0b0c0d0e0f",
     .waived_reason = "vendor image, ticket OPS-12",
     .waived_until = "2027-03-01"},
    {.rule = RULE(0),
     .subject = LONG,
     .detail = "its main process has uid 0 of the host",
     .fingerprint = "600102030405060708090a0b0c0d0e0f",
     .is_waiver_expired = true,
     .fails_gate = true},
    {.rule = RULE(5),
     .subject = "/etc/ssh/sshd_config:12",
     .detail = "PasswordAuthentication is yes",
     .file = "/etc/ssh/sshd_config",
     .line = 12,
     .fingerprint = "700102030405060708090a0b0c0d0e0f",
     .fails_gate = true},
    {.rule = RULE(3),
     .subject = "..",
     .detail = "",
     .file = "/",
     .fingerprint = "800102030405060708090a0b0c0d0e0f"},
};

static const struct rule_verdict sample_verdicts[] = {
    {RULE(0), VERDICT_FAIL, "sockets is denied: other users' processes are hidden", true},
    {RULE(1), VERDICT_FAIL, NULL, false},
    {RULE(2), VERDICT_UNKNOWN, "sockets is denied: other users' processes are hidden", true},
    {RULE(3), VERDICT_FAIL, NULL, false},
    {RULE(4), VERDICT_FAIL, NULL, false},
    {RULE(5), VERDICT_FAIL, NULL, false},
    {RULE(6), VERDICT_FAIL, NULL, false},
};

static const struct rule_verdict sample_passes[] = {
    {RULE(4), VERDICT_PASS, NULL, false},
    {RULE(5), VERDICT_PASS, NULL, false},
};

static const struct rule_verdict sample_unknowns[] = {
    {RULE(1), VERDICT_UNKNOWN, "sockets is denied: other users' processes are hidden", true},
    {RULE(2), VERDICT_PASS, NULL, false},
    {RULE(4), VERDICT_UNKNOWN, "redis timed out: 127.0.0.1:6379 did not answer", true},
    {RULE(5), VERDICT_UNKNOWN, "sockets is denied: other users' processes are hidden", true},
};

static const struct table_coverage sample_coverage[] = {
    {"certificates", "complete", NULL, 12},
    {"compose_services", "absent", "no compose file was given", 0},
    {"sockets", "denied", "other users' processes are hidden", 3},
};

static const char *const sample_limits[] = {
    "Firewalls of the cloud are not seen, only those of the host.",
    "A service that answers on a port that is not its usual one is not recognised.",
    NULL,
};

static const struct audit sample_audits[] = {
    {.version = "0.1.0", /* everything */
     .host = "web01",
     .started = 1795224240, /* 2026-11-21T01:24:00Z */
     .finished = 1795224241,
     .findings = sample_findings,
     .finding_count = ARRAY_LEN(sample_findings),
     .verdicts = sample_verdicts,
     .verdict_count = ARRAY_LEN(sample_verdicts),
     .coverage = sample_coverage,
     .coverage_count = ARRAY_LEN(sample_coverage),
     .fail_on = "high",
     .exit = 1,
     .limits = sample_limits},
    {.version = "0.1.0", /* as it should be */
     .host = "web01",
     .started = 951782400, /* 2000-02-29T00:00:00Z */
     .finished = 951868799,
     .verdicts = sample_passes,
     .verdict_count = ARRAY_LEN(sample_passes),
     .coverage = sample_coverage,
     .coverage_count = 2,
     .fail_on = "high"},
    {.version = "0.1.0", /* not root */
     .host = "web01",
     .started = 1795224240,
     .finished = 1795224241,
     .verdicts = sample_unknowns,
     .verdict_count = ARRAY_LEN(sample_unknowns),
     .coverage = sample_coverage,
     .coverage_count = ARRAY_LEN(sample_coverage),
     .fail_on = "none",
     .exit = 3},
    {.version = "0.1.0", /* broke off; its texts are not facts, and so not escaped */
     .host = "ho/st\x1b[1m \xff",
     .started = 0,
     .finished = 0,
     .fail_on = "high",
     .exit = 2,
     .error = "intent sg.json:14: \"caf\xc3\xa9\x07\": port range 9000-8000 is reversed"},
    {.version = "0.1.0", /* against a baseline */
     .host = "web01",
     .started = 1795224240,
     .finished = 1795224241,
     .findings = sample_findings,
     .finding_count = 3,
     .verdicts = sample_verdicts,
     .verdict_count = 2,
     .has_baseline = true,
     .gone_count = 2,
     .fail_on = "critical",
     .exit = 1},
};

static const char *const sample_names[] = {"full", "empty", "incomplete", "error", "baseline"};

#endif
