/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One certificate as the facts hold it; each is made here, odd as no authority would make it. */
#include "audit/certificate.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#include "tests/tap.h"

#define NOT_BEFORE "20260101000000Z"
#define NOT_AFTER "20270101000000Z"

static struct arena arena;
static EVP_PKEY *key;

static void set_time(ASN1_TIME *at, int type, const char *text)
{
	at->type = type;
	(void)ASN1_STRING_set(at, text, -1);
}

static X509 *make(const char *common_name)
{
	X509 *x509 = X509_new();

	(void)X509_set_version(x509, 2);
	(void)ASN1_INTEGER_set(X509_get_serialNumber(x509), 0x1234);
	set_time(X509_getm_notBefore(x509), V_ASN1_GENERALIZEDTIME, NOT_BEFORE);
	set_time(X509_getm_notAfter(x509), V_ASN1_GENERALIZEDTIME, NOT_AFTER);
	(void)X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_UTF8,
					 (const unsigned char *)common_name, -1, -1, 0);
	(void)X509_set_issuer_name(x509, X509_get_subject_name(x509));
	(void)X509_set_pubkey(x509, key);
	return x509;
}

static void add_name(GENERAL_NAMES *names, int type, const void *data, int len)
{
	GENERAL_NAME *name = GENERAL_NAME_new();
	ASN1_STRING *text =
	    ASN1_STRING_type_new(type == GEN_IPADD ? V_ASN1_OCTET_STRING : V_ASN1_IA5STRING);

	(void)ASN1_STRING_set(text, data, len);
	GENERAL_NAME_set0_value(name, type, text);
	(void)sk_GENERAL_NAME_push(names, name);
}

/* Signs, and reads what that comes to; frees the certificate. */
static int read_it(X509 *x509, const EVP_MD *digest, struct certificate *out)
{
	unsigned char *der = NULL;
	struct err err;
	int len;
	int result;

	(void)X509_sign(x509, key, digest);
	len = i2d_X509(x509, &der);
	result = certificate_read(&arena, (struct span){(char *)der, (size_t)len}, out, &err);
	OPENSSL_free(der);
	X509_free(x509);
	return result;
}

static void test_plain(void)
{
	static const unsigned char v6[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 1};
	struct certificate got;
	GENERAL_NAMES *names = sk_GENERAL_NAME_new_null();
	struct buf text auto_buf;
	X509 *x509 = make("www.example.org");

	buf_init(&text, 4096);
	add_name(names, GEN_DNS, "www.example.org", -1);
	add_name(names, GEN_DNS, "*.example.org", -1);
	add_name(names, GEN_EMAIL, "root@example.org", -1);
	add_name(names, GEN_IPADD, "\300\0\2\1", 4);
	add_name(names, GEN_IPADD, v6, 16);
	(void)X509_add1_ext_i2d(x509, NID_subject_alt_name, names, 0, X509V3_ADD_DEFAULT);
	GENERAL_NAMES_free(names);
	ok(read_it(x509, EVP_sha256(), &got) == 0, "a certificate is read");
	is_str(got.subject.data, "CN=www.example.org", "its subject");
	is_str(got.issuer.data, "CN=www.example.org", "its issuer");
	is_str(got.serial.data, "1234", "its serial number");
	ok(got.has_not_before && got.not_before == 1767225600, "it begins in 2026");
	ok(got.has_not_after && got.not_after == 1798761600, "and ends with it");
	is_str(got.key_type, "RSA", "the type of its key");
	ok(got.key_bits == 2048, "2048 bits");
	is_str(got.signature, "sha256WithRSAEncryption", "its signature");
	is_str(got.digest, "SHA256", "and that one's digest");
	ok(got.is_self_issued && got.is_self_signed && !got.is_ca, "signed by itself");
	ok(strlen(got.fingerprint) == 64 && strlen(got.spki) == 64, "fingerprints");
	ok(!got.names_partial, "all names were read");
	certificate_put_names(&got, &text);
	is_str(buf_string(&text), "www.example.org *.example.org 192.0.2.1 2001:db8::1",
	       "those of servers, and no others");
}

static void test_names(void)
{
	struct certificate got;
	GENERAL_NAMES *names = sk_GENERAL_NAME_new_null();
	struct buf text auto_buf;
	X509 *x509 = make("");

	buf_init(&text, 1 << 20);
	add_name(names, GEN_DNS, "good.example\0.evil.example", 26);
	add_name(names, GEN_DNS, "a b\\c", -1);
	add_name(names, GEN_IPADD, "abcde", 5);
	(void)X509_add1_ext_i2d(x509, NID_subject_alt_name, names, 0, X509V3_ADD_DEFAULT);
	GENERAL_NAMES_free(names);
	ok(read_it(x509, EVP_sha256(), &got) == 0 && got.name_count == 2, "odd names are read");
	ok(got.names_partial, "an address of five bytes is none, and not passed over");
	certificate_put_names(&got, &text);
	ok(text.len == 26 + 1 + 11 && memcmp(text.data, "good.example\0.evil.example ", 27) == 0,
	   "a NUL cuts nothing");
	is_str(buf_string(&text) + 27, "a\\x20b\\x5cc", "one name cannot pass for two");

	x509 = make("many");
	names = sk_GENERAL_NAME_new_null();
	for (int i = 0; i < 5000; i++) {
		char name[32];

		(void)snprintf(name, sizeof(name), "host-%d.example", i);
		add_name(names, GEN_DNS, name, -1);
	}
	(void)X509_add1_ext_i2d(x509, NID_subject_alt_name, names, 0, X509V3_ADD_DEFAULT);
	GENERAL_NAMES_free(names);
	ok(read_it(x509, EVP_sha256(), &got) == 0 && got.name_count == CERTIFICATE_MAX_NAMES &&
	       got.names_partial,
	   "of 5,000 names the first are kept, and that there are more is known");

	x509 = make("odd");
	X509_EXTENSION *broken = NULL;
	ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new();
	(void)ASN1_STRING_set(value, "\x30\x05", 2);
	broken = X509_EXTENSION_create_by_NID(NULL, NID_subject_alt_name, 0, value);
	(void)X509_add_ext(x509, broken, -1);
	X509_EXTENSION_free(broken);
	ASN1_OCTET_STRING_free(value);
	ok(read_it(x509, EVP_sha256(), &got) == 0 && got.name_count == 0 && got.names_partial,
	   "names that cannot be read are not no names");
}

static void test_dates(void)
{
	static const struct {
		int type;
		const char *text;
		bool is_read;
		int64_t seconds;
	} cases[] = {
	    {V_ASN1_GENERALIZEDTIME, "99991231235959Z", true, 253402300799},
	    {V_ASN1_GENERALIZEDTIME, "19490101000000Z", true, -662688000},
	    {V_ASN1_UTCTIME, "491231235959Z", true, 2524607999},
	    {V_ASN1_UTCTIME, "500101000000Z", true, -631152000},
	    {V_ASN1_UTCTIME, "700101000000Z", true, 0},
	    {V_ASN1_GENERALIZEDTIME, "20000229120000Z", true, 951825600},
	    {V_ASN1_GENERALIZEDTIME, "20300101000000+0100", true, 1893452400},
	    {V_ASN1_GENERALIZEDTIME, "20300101000000.5Z", true, 1893456000},
	    {V_ASN1_GENERALIZEDTIME, "20301301000000Z", false, 0},
	    {V_ASN1_GENERALIZEDTIME, "2030", false, 0},
	    {V_ASN1_UTCTIME, "never", false, 0},
	    {V_ASN1_UTCTIME, "", false, 0},
	};
	struct certificate got;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		X509 *x509 = make("dates");

		set_time(X509_getm_notAfter(x509), cases[i].type, cases[i].text);
		ok(read_it(x509, EVP_sha256(), &got) == 0 &&
		       got.has_not_after == cases[i].is_read &&
		       (!cases[i].is_read || got.not_after == cases[i].seconds),
		   "\"%s\" is %lld", cases[i].text, (long long)cases[i].seconds);
	}
	ok(certificate_seconds(-400, 3, 1, 0, 0, 0) == -74784816000, "a year before all years");
}

static void test_keys(void)
{
	EVP_PKEY *rsa = key;
	struct certificate got;

	ok(read_it(make("old"), EVP_md5(), &got) == 0, "signed with MD5");
	is_str(got.digest, "MD5", "is seen");
	ok(got.is_self_signed, "and holds");
	key = EVP_EC_gen("P-256");
	ok(read_it(make("ec"), EVP_sha384(), &got) == 0 && got.key_bits == 256, "P-256");
	is_str(got.key_type, "EC", "EC");
	is_str(got.signature, "ecdsa-with-SHA384", "its signature");
	is_str(got.digest, "SHA384", "its digest");
	EVP_PKEY_free(key);
	key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	ok(read_it(make("ed"), NULL, &got) == 0, "Ed25519");
	is_str(got.key_type, "ED25519", "ED25519");
	is_str(got.digest, NULL, "which has no digest of its own");
	ok(got.is_self_signed, "signed by itself");
	EVP_PKEY_free(key);
	key = rsa;
}

static void test_not_self_signed(void)
{
	struct certificate got;
	EVP_PKEY *rsa = key;
	X509 *x509 = make("same name");

	key = EVP_EC_gen("P-256"); /* signs, but is not the one within */
	ok(read_it(x509, EVP_sha256(), &got) == 0 && got.is_self_issued && !got.is_self_signed,
	   "a name of its own as issuer is no signature of its own");
	EVP_PKEY_free(key);
	key = rsa;
}

static void test_broken(void)
{
	X509 *x509 = make("cut");
	struct certificate got;
	unsigned char *der = NULL;
	struct err err;
	int len;
	int wrong = 0;

	(void)X509_sign(x509, key, EVP_sha256());
	len = i2d_X509(x509, &der);
	for (int cut = 0; cut < len; cut++)
		if (certificate_read(&arena, (struct span){(char *)der, (size_t)cut}, &got, &err) ==
		    0)
			wrong++;
	ok(wrong == 0, "cut anywhere it is none");
	der = OPENSSL_realloc(der, (size_t)len + 1);
	der[len] = 0;
	ok(certificate_read(&arena, (struct span){(char *)der, (size_t)len + 1}, &got, &err) < 0,
	   "nor is it with a byte behind it");
	is_str(err.text, "is no certificate", "which is said");
	ok(certificate_take(&arena, x509, &got, &err) == 0, "one that OpenSSL holds is read");
	is_str(got.subject.data, "CN=cut", "as well");
	ok(ERR_peek_error() == 0, "no error is left behind");
	OPENSSL_free(der);
	X509_free(x509);
}

int main(void)
{
	arena_init(&arena, (size_t)64 << 20);
	key = EVP_RSA_gen(2048);
	test_plain();
	test_names();
	test_dates();
	test_keys();
	test_not_self_signed();
	test_broken();
	EVP_PKEY_free(key);
	arena_done(&arena);
	return done();
}
