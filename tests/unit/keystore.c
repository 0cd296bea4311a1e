/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that hold certificates: right ones, cut ones, locked ones, and what nobody should write. */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <stdlib.h>

#include "lib/own.h"
#include "tests/tap.h"
#include "tests/unit/keystore.h"

static struct buf got;
static EVP_PKEY *keys[2];
static X509 *certificates[2];
static struct span ders[2];
static struct span pems[2];
static struct span key_pems[2];
static char spki[2][5]; /* the beginning of the digest */

static struct span take_bio(BIO *bio)
{
	char *data;
	long len = BIO_get_mem_data(bio, &data);
	char *copy = xcalloc((size_t)len + 1, 1);

	memcpy(copy, data, (size_t)len);
	BIO_free(bio);
	return (struct span){copy, (size_t)len};
}

static void make(unsigned i, const char *name)
{
	unsigned char *der = NULL;
	unsigned char *public = NULL;
	unsigned char digest[32];
	BIO *bio = BIO_new(BIO_s_mem());
	X509 *x509 = X509_new();
	int len;

	keys[i] = EVP_EC_gen("P-256");
	certificates[i] = x509;
	(void)X509_set_version(x509, 2);
	(void)ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
	(void)ASN1_TIME_set_string(X509_getm_notBefore(x509), "20260101000000Z");
	(void)ASN1_TIME_set_string(X509_getm_notAfter(x509), "20270101000000Z");
	(void)X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_UTF8,
					 (const unsigned char *)name, -1, -1, 0);
	(void)X509_set_issuer_name(x509, X509_get_subject_name(x509));
	(void)X509_set_pubkey(x509, keys[i]);
	(void)X509_sign(x509, keys[i], EVP_sha256());
	len = i2d_X509(x509, &der);
	ders[i] = (struct span){(char *)der, (size_t)len};
	(void)PEM_write_bio_X509(bio, x509);
	pems[i] = take_bio(bio);
	bio = BIO_new(BIO_s_mem());
	(void)PEM_write_bio_PKCS8PrivateKey(bio, keys[i], NULL, NULL, 0, NULL, NULL);
	key_pems[i] = take_bio(bio);
	len = i2d_PUBKEY(keys[i], &public);
	(void)EVP_Digest(public, (size_t)len, digest, NULL, EVP_sha256(), NULL);
	(void)snprintf(spki[i], sizeof(spki[i]), "%02x%02x", digest[0], digest[1]);
	OPENSSL_free(public);
}

static void is_file_of(struct span data, bool is_cut, const char *password, const char *expected,
		       const char *name)
{
	buf_clear(&got);
	keystore_tell(data, is_cut, password, &got);
	is_str(buf_string(&got), expected, name);
}

static void is_file(struct span data, const char *expected, const char *name)
{
	is_file_of(data, false, NULL, expected, name);
}

/* ---- PEM and DER ---- */

static void test_pem(void)
{
	auto_free char *two = xasprintf("Bag Attributes\n%s# between -----BEGIN CERTIFICATE-----\n"
					"%s%s",
					pems[0].data, key_pems[0].data, pems[1].data);
	auto_free char *expected =
	    xasprintf("CN=a %s\nkey %s\nCN=b %s\nPEM read\n", spki[0], spki[0], spki[1]);
	auto_free char *first = xasprintf("CN=a %s\nPEM cut\n", spki[0]);
	auto_free char *one = xasprintf("CN=a %s\nDER read\n", spki[0]);
	auto_free char *windows = xcalloc(2 * pems[0].len + 1, 1);
	unsigned wrong = 0;
	size_t len = 0;

	is_file(span_of(two), expected, "a bundle with its key, and what is written between");
	for (size_t cut = 0; cut < pems[0].len - 1; cut++) {
		buf_clear(&got);
		keystore_tell((struct span){pems[0].data, cut}, false, NULL, &got);
		wrong += strstr(buf_string(&got), "read") != NULL;
	}
	ok(wrong == 0, "no beginning of a certificate is one");
	wrong = 0;
	for (size_t cut = 1; cut < pems[1].len - 1; cut++) {
		auto_free char *text = xasprintf("%s%.*s", pems[0].data, (int)cut, pems[1].data);

		buf_clear(&got);
		keystore_tell(span_of(text), false, NULL, &got);
		wrong += strcmp(buf_string(&got), first) != 0 && cut > 11;
		wrong += strstr(buf_string(&got), spki[0]) == NULL;
	}
	ok(wrong == 0, "where the second is cut, the first is there, and the file is cut");
	for (const char *at = pems[0].data; *at; at++) {
		if (*at == '\n')
			windows[len++] = '\r';
		windows[len++] = *at;
	}
	buf_clear(&got);
	keystore_tell(span_of(windows), false, NULL, &got);
	ok(strstr(buf_string(&got), "PEM read") != NULL, "lines of Windows");
	is_file(ders[0], one, "DER");
}

static void test_pem_faults(void)
{
	static const struct {
		const char *text;
		const char *expected;
	} cases[] = {
	    {"", " none\n"},
	    {"nothing\n-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n", " none\n"},
	    {"-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----\n", "PEM corrupt\n"},
	    {"-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n", "PEM corrupt\n"},
	    {"-----BEGIN CERTIFICATE-----\nMIIBAA==\n-----END CERTIFICATE-----\n", "PEM cut\n"},
	    {"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", "bad \nPEM read\n"},
	    {"-----BEGIN CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\n", "PEM cut\n"},
	    {"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n",
	     "key encrypted \nPEM read\n"},
	    {"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"
	     "AAAA\n-----END RSA PRIVATE KEY-----\n",
	     "key encrypted \nPEM read\n"},
	    {"-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n", "PEM corrupt\n"},
	    {"0\x84\xff\xff\xff\xff", "DER corrupt\n"},
	    {"0\x82\x10\x00", "DER cut\n"},
	    {"0\x80\x02\x01\x01", "DER corrupt\n"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		auto_free char *name = xasprintf("fault %zu", i);

		is_file(i == 11 ? (struct span){cases[i].text, 4} : span_of(cases[i].text),
			cases[i].expected, name);
	}
}

static void test_many(void)
{
	struct buf file auto_buf;
	unsigned lines = 0;

	buf_init(&file, 32 << 20);
	for (int i = 0; i < 10000; i++)
		buf_put(&file, pems[0].data, pems[0].len);
	buf_clear(&got);
	keystore_tell(buf_span(&file), false, NULL, &got);
	for (size_t i = 0; i < got.len; i++)
		lines += got.data[i] == '\n';
	ok(lines == 10001 && span_ends(buf_span(&got), "PEM read\n"), "10,000 certificates");
	while (file.len < (16U << 20))
		buf_put(&file, pems[0].data, pems[0].len);
	buf_clear(&got);
	keystore_tell((struct span){file.data, 16 << 20}, true, NULL, &got);
	ok(span_ends(buf_span(&got), "PEM cut\n"), "a file that is too long is said to be");
}

/* ---- kubeconfigs ---- */

static char *base64(struct span data)
{
	unsigned char *out = xcalloc(data.len * 2 + 8, 1);

	(void)EVP_EncodeBlock(out, (const unsigned char *)data.data, (int)data.len);
	return (char *)out;
}

static void test_kubeconfig(void)
{
	auto_free char *client = base64(pems[0]);
	auto_free char *key = base64(key_pems[0]);
	auto_free char *authority = base64(pems[1]);
	auto_free char *yaml =
	    xasprintf("clusters:\n- cluster:\n    certificate-authority-data: %s\n    server: x\n"
		      "users:\n- name: a\n  user:\n    client-certificate-data: %s\n"
		      "    client-key-data: %s\n",
		      authority, client, key);
	auto_free char *json = xasprintf("{\"users\":[{\"user\":{\"client-key-data\":\"%s\","
					 "\"client-certificate-data\":\"%s\"}}]}",
					 key, client);
	auto_free char *both =
	    xasprintf("CN=a %s\nkey %s\nCN=b %s\nkubeconfig read\n", spki[0], spki[0], spki[1]);
	auto_free char *one = xasprintf("CN=a %s\nkey %s\nkubeconfig read\n", spki[0], spki[0]);
	auto_free char *last = xasprintf("  client-certificate-data: \"%s", client);
	size_t begin = strlen("  client-certificate-data: ");
	unsigned wrong = 0;

	is_file(span_of(yaml), both, "a kubeconfig: of the user first, then the authority's");
	is_file(span_of(json), one, "one that is JSON");
	for (size_t cut = begin; cut < strlen(last); cut++) {
		buf_clear(&got);
		keystore_tell((struct span){last, cut}, false, NULL, &got);
		wrong += strstr(buf_string(&got), "kubeconfig cut\n") == NULL;
	}
	ok(wrong == 0, "a cut one is cut");
	is_file(span_of("client-certificate-data: >-\n  TUlJ\n"), "kubeconfig corrupt\n",
		"a block of text is not read, and not passed over");
	is_file(span_of("client-certificate-data: TUlJ\n"), "kubeconfig corrupt\n",
		"what is no certificate");
	is_file(span_of("client-certificate-data: TUlJQ\n"), "kubeconfig corrupt\n",
		"what is no base64");
	is_file(span_of("client-certificate-data: \"\"\n"), "kubeconfig read\n", "one without any");
	is_file(span_of("x-client-certificate-data: TUlJ\nuser: {token: x}\n"), " none\n",
		"another key; a token");
}

/* ---- PKCS#12 ---- */

static struct span make_pkcs12(const char *password, int encryption, int rounds)
{
	PKCS12 *store = PKCS12_create(password, "server", keys[0], certificates[0], NULL,
				      encryption, encryption, rounds, rounds, 0);
	unsigned char *der = NULL;
	int len = i2d_PKCS12(store, &der);

	PKCS12_free(store);
	return (struct span){(char *)der, (size_t)len};
}

static void release(struct span file)
{
	OPENSSL_free((void *)(uintptr_t)file.data);
}

static void test_pkcs12(void)
{
	static const int encryptions[] = {NID_aes_256_cbc, NID_pbe_WithSHA1And3_Key_TripleDES_CBC,
					  NID_pbe_WithSHA1And40BitRC2_CBC, -1};
	auto_free char *expected =
	    xasprintf("CN=a server %s\nkey serverencrypted \nPKCS12 read\n", spki[0]);
	auto_free char *open_key = xasprintf("CN=a server %s\nkey server\nPKCS12 read\n", spki[0]);
	struct span file;
	unsigned wrong = 0;

	for (size_t i = 0; i < ARRAY_LEN(encryptions); i++) {
		file = make_pkcs12("changeit", encryptions[i], 1000);
		is_file(file, encryptions[i] < 0 ? open_key : expected, "PKCS#12");
		release(file);
		file = make_pkcs12("s3cret", encryptions[i], 1000);
		is_file(file, "PKCS12 wrong password\n", "with a password that is not known");
		is_file_of(file, false, "s3cret", encryptions[i] < 0 ? open_key : expected,
			   "that the configuration names");
		release(file);
	}
	file = make_pkcs12("changeme", NID_aes_256_cbc, 1000);
	for (size_t cut = 7; cut < file.len; cut++) {
		buf_clear(&got);
		keystore_tell((struct span){file.data, cut}, false, NULL, &got);
		wrong += strcmp(buf_string(&got), "PKCS12 cut\n") != 0;
	}
	release(file);
	ok(wrong == 0, "a cut one is cut, not locked");
	is_file((struct span){"0\3\2\1\3", 5}, "PKCS12 corrupt\n", "an empty one is corrupt");
}

/* ---- JKS ---- */

static void put_number(struct buf *out, unsigned long number, int len)
{
	while (len-- > 0) {
		char byte = (char)(number >> (8 * len));

		buf_put(out, &byte, 1);
	}
}

static void put_text(struct buf *out, const char *text)
{
	put_number(out, strlen(text), 2);
	buf_text(out, text);
}

static void put_der(struct buf *out, struct span der, int version)
{
	if (version == 2)
		put_text(out, "X.509");
	put_number(out, der.len, 4);
	buf_put(out, der.data, der.len);
}

static void put_head(struct buf *out, unsigned tag, const char *alias)
{
	put_number(out, tag, 4);
	put_text(out, alias);
	put_number(out, 0, 8);
}

static void make_jks(struct buf *out, bool is_jce, int version)
{
	buf_clear(out);
	buf_put(out, is_jce ? "\xce\xce\xce\xce" : "\xfe\xed\xfe\xed", 4);
	put_number(out, (unsigned long)version, 4);
	put_number(out, is_jce ? 4 : 2, 4);
	if (is_jce) {
		put_head(out, 3, "secret");
		buf_put(out, "\xac\xed\0\5sr\0\0\0\1\0\1x\0\0\0\2\0\0", 19);
	}
	put_head(out, 1, "server");
	put_number(out, 5, 4);
	buf_text(out, "lockd");
	put_number(out, 2, 4);
	put_der(out, ders[0], version);
	put_der(out, ders[1], version);
	put_head(out, 2, "ca");
	put_der(out, ders[1], version);
	if (is_jce) {
		put_head(out, 3, "last");
		buf_put(out, "\xac\xed\0\0\0\1", 6);
	}
	buf_put(out, "01234567890123456789", 20);
}

static void test_jks(void)
{
	struct buf file auto_buf;
	auto_free char *entries = xasprintf("key serverencrypted \nCN=a server %s\nCN=b server %s\n"
					    "CN=b ca %s\n",
					    spki[0], spki[1], spki[1]);
	unsigned wrong = 0;

	buf_init(&file, 1 << 20);
	for (int i = 0; i < 4; i++) {
		auto_free char *expected =
		    xasprintf("%s%s read\n", entries, i & 1 ? "JCEKS" : "JKS");

		make_jks(&file, i & 1, 1 + i / 2);
		is_file(buf_span(&file), expected, "a key store of Java's, without its password");
	}
	make_jks(&file, false, 2);
	for (size_t cut = 4; cut < file.len; cut++) {
		buf_clear(&got);
		keystore_tell((struct span){file.data, cut}, false, NULL, &got);
		wrong += strstr(buf_string(&got), "JKS cut\n") == NULL;
	}
	ok(wrong == 0, "a cut one is cut");
	buf_text(&file, "x");
	buf_clear(&got);
	keystore_tell(buf_span(&file), false, NULL, &got);
	ok(strstr(buf_string(&got), "JKS corrupt\n") != NULL, "with more behind it: corrupt");
	is_file((struct span){"\xfe\xed\xfe\xed\0\0\0\7\0\0\0\0", 12}, "JKS corrupt\n",
		"another version");
	is_file((struct span){"\xfe\xed\xfe\xed\0\0\0\2\0\0\0\1\0\0\0\x9\0\0\0\0\0\0\0\0\0\0", 26},
		"JKS corrupt\n", "a kind of entry that there is not");
	is_file((struct span){"\xfe\xed\xfe\xed\0\0\0\2\xff\xff\xff\xff", 12}, "JKS cut\n",
		"four billion entries that are not there");
	/* what could begin an entry at each place, within a secret key that does not end */
	buf_clear(&file);
	buf_put(&file, "\xce\xce\xce\xce\0\0\0\2\x7f\xff\xff\xff", 12);
	put_head(&file, 3, "");
	while (file.len < 900000)
		buf_put(&file, "\0\0\0\3\0\0\0\0\0\0\0\0\0\0", 14);
	is_file(buf_span(&file), "JCEKS cut\n", "entries within entries end");
}

int main(void)
{
	keystore_prepare();
	buf_init(&got, 64 << 20);
	make(0, "a");
	make(1, "b");
	test_pem();
	test_pem_faults();
	test_many();
	test_kubeconfig();
	test_pkcs12();
	test_jks();
	for (unsigned i = 0; i < 2; i++) {
		X509_free(certificates[i]);
		EVP_PKEY_free(keys[i]);
		OPENSSL_free((void *)(uintptr_t)ders[i].data);
		free((void *)(uintptr_t)pems[i].data);
		free((void *)(uintptr_t)key_pems[i].data);
	}
	buf_done(&got);
	return done();
}
