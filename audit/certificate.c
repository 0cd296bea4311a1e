/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] One X.509 certificate as the facts hold it: see certificate.h. */
#include "audit/certificate.h"

#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>

#include "lib/inet.h"

#define MAX_SERIAL 64U /* bytes; RFC 5280, 4.1.2.2, allows 20 */

/* Days from 1970-01-01: Howard Hinnant, "chrono-compatible low-level date algorithms". */
static int64_t days_from_civil(int64_t year, int month, int day)
{
	int64_t shifted = month <= 2 ? year - 1 : year; /* a year that ends with February */
	int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
	int64_t year_of_era = shifted - era * 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
	       day_of_year - 719468;
}

int64_t certificate_seconds(int year, int month, int day, int hour, int minute, int second)
{
	return ((days_from_civil(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
}

/* UTCTime and GeneralizedTime with all that DER forbids in them (fractions, offsets), if OpenSSL
 * makes sense of it. */
static bool read_time(const ASN1_TIME *time, int64_t *out)
{
	struct tm tm;

	if (!time || ASN1_TIME_to_tm(time, &tm) != 1)
		return false;
	*out = certificate_seconds(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
				   tm.tm_min, tm.tm_sec);
	return true;
}

static struct span keep(struct arena *arena, const void *data, size_t len)
{
	struct span span = {data, len};

	return (struct span){arena_text(arena, span), len};
}

/* "" where a string in it is of no encoding that OpenSSL knows. */
static struct span read_name(struct arena *arena, const X509_NAME *name)
{
	BIO *bio = BIO_new(BIO_s_mem());
	struct span text = {"", 0};
	const char *data = NULL;
	long len;

	if (bio && name &&
	    X509_NAME_print_ex(bio, name, 0,
			       XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB) >= 0 &&
	    (len = BIO_get_mem_data(bio, &data)) > 0)
		text =
		    keep(arena, data,
			 (size_t)len < CERTIFICATE_MAX_TEXT ? (size_t)len : CERTIFICATE_MAX_TEXT);
	BIO_free(bio);
	return text;
}

static void put_hex(char *out, const unsigned char *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		*out++ = digits[bytes[i] >> 4];
		*out++ = digits[bytes[i] & 15];
	}
	*out = '\0';
}

static struct span read_serial(struct arena *arena, const ASN1_INTEGER *serial)
{
	const unsigned char *bytes = ASN1_STRING_get0_data(serial);
	size_t len = (size_t)ASN1_STRING_length(serial);
	bool is_negative = ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER;
	char text[1 + 2 * MAX_SERIAL + 1] = "-";

	if (len > MAX_SERIAL)
		len = MAX_SERIAL;
	put_hex(text + is_negative, bytes, len);
	return keep(arena, text, strlen(text));
}

/* ---- alternative names: RFC 5280, 4.2.1.6 ---- */

struct names {
	struct arena *arena;
	struct certificate_name *list;
	struct certificate *out;
};

static void add_name(struct names *names, enum certificate_name_kind kind, struct span text)
{
	if (names->out->name_count == CERTIFICATE_MAX_NAMES) {
		names->out->names_partial = true;
		return;
	}
	if (text.len > CERTIFICATE_MAX_TEXT) { /* a name in the DNS has 253 bytes */
		text.len = CERTIFICATE_MAX_TEXT;
		names->out->names_partial = true;
	}
	if (!names->list)
		names->list =
		    arena_alloc(names->arena, CERTIFICATE_MAX_NAMES, sizeof(*names->list));
	names->list[names->out->name_count++] = (struct certificate_name){
	    kind, keep(names->arena, text.len > 0 ? text.data : "", text.len)};
}

static void add_general_name(struct names *names, const GENERAL_NAME *name)
{
	const unsigned char *data;
	char text[INET_TEXT_SIZE];
	size_t len;

	if (name->type != GEN_DNS && name->type != GEN_IPADD)
		return; /* mail addresses, URIs and others name no server */
	data = ASN1_STRING_get0_data(name->d.ia5);
	len = (size_t)ASN1_STRING_length(name->d.ia5);
	if (name->type == GEN_DNS)
		add_name(names, CERTIFICATE_DNS, (struct span){(const char *)data, len});
	else if (len == 4 || len == 16)
		add_name(names, CERTIFICATE_ADDRESS,
			 span_of(inet_text(len == 4 ? AF_INET : AF_INET6, inet_number(data, len),
					   text)));
	else
		names->out->names_partial = true;
}

/* The extension may, against the rules, be there more than once. */
static void read_names(struct arena *arena, const X509 *x509, struct certificate *out)
{
	struct names names = {.arena = arena, .out = out};
	int at = -1;

	while ((at = X509_get_ext_by_NID(x509, NID_subject_alt_name, at)) >= 0) {
		GENERAL_NAMES *all = X509V3_EXT_d2i(X509_get_ext(x509, at));

		if (!all)
			out->names_partial = true;
		for (int i = 0; i < sk_GENERAL_NAME_num(all); i++)
			add_general_name(&names, sk_GENERAL_NAME_value(all, i));
		GENERAL_NAMES_free(all);
	}
	out->names = names.list;
}

/* ---- key and signature ---- */

static const char *key_type(struct arena *arena, int nid, const ASN1_OBJECT *algorithm)
{
	char text[80];

	switch (nid) {
	case EVP_PKEY_RSA:
		return "RSA";
	case EVP_PKEY_RSA_PSS:
		return "RSA-PSS";
	case EVP_PKEY_EC:
		return "EC";
	case EVP_PKEY_DSA:
		return "DSA";
	default: /* ED25519, ED448; else its number, 1.2.3 */
		(void)OBJ_obj2txt(text, sizeof(text), algorithm, 0); /* cut, it is still text */
		return arena_text(arena, span_of(text));
	}
}

static void read_key(struct arena *arena, X509 *x509, struct certificate *out)
{
	X509_PUBKEY *spki = X509_get_X509_PUBKEY(x509);
	const EVP_PKEY *key = X509_get0_pubkey(x509);
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned char *der = NULL;
	ASN1_OBJECT *algorithm = NULL;
	int len = i2d_X509_PUBKEY(spki, &der);

	(void)X509_PUBKEY_get0_param(&algorithm, NULL, NULL, NULL, spki); /* always 1 */
	out->key_type = key_type(arena, OBJ_obj2nid(algorithm), algorithm);
	out->key_bits = key ? EVP_PKEY_get_bits(key) : 0;
	if (len > 0 && EVP_Digest(der, (size_t)len, digest, NULL, EVP_sha256(), NULL) == 1)
		put_hex(out->spki, digest, 32);
	OPENSSL_free(der);
}

static void read_signature(struct arena *arena, X509 *x509, struct certificate *out)
{
	const X509_ALGOR *algorithm = NULL;
	char text[80];
	int digest = NID_undef;

	X509_get0_signature(NULL, &algorithm, x509);
	(void)OBJ_obj2txt(text, sizeof(text), algorithm->algorithm, 0); /* cut, it is still text */
	out->signature = arena_text(arena, span_of(text));
	if (X509_get_signature_info(x509, &digest, NULL, NULL, NULL) == 1 && digest != NID_undef)
		out->digest = OBJ_nid2sn(digest);
	else if (OBJ_find_sigid_algs(X509_get_signature_nid(x509), &digest, NULL) == 1 &&
		 digest != NID_undef)
		out->digest = OBJ_nid2sn(digest);
	out->is_ca = X509_check_ca(x509) == 1;
	out->is_self_issued =
	    X509_NAME_cmp(X509_get_subject_name(x509), X509_get_issuer_name(x509)) == 0;
	out->is_self_signed = X509_self_signed(x509, 1) == 1;
}

static int take(struct arena *arena, X509 *x509, struct certificate *out, struct err *err)
{
	unsigned char digest[EVP_MAX_MD_SIZE];

	*out = (struct certificate){0};
	if (X509_digest(x509, EVP_sha256(), digest, NULL) != 1)
		return err_set(err, "a certificate of which there is no digest");
	put_hex(out->fingerprint, digest, 32);
	out->subject = read_name(arena, X509_get_subject_name(x509));
	out->issuer = read_name(arena, X509_get_issuer_name(x509));
	out->serial = read_serial(arena, X509_get0_serialNumber(x509));
	out->has_not_before = read_time(X509_get0_notBefore(x509), &out->not_before);
	out->has_not_after = read_time(X509_get0_notAfter(x509), &out->not_after);
	read_names(arena, x509, out);
	read_key(arena, x509, out);
	read_signature(arena, x509, out);
	return 0;
}

int certificate_take(struct arena *arena, struct x509_st *x509, struct certificate *out,
		     struct err *err)
{
	int result = take(arena, x509, out, err);

	ERR_clear_error(); /* what could not be read is in *out */
	return result;
}

int certificate_read(struct arena *arena, struct span der, struct certificate *out, struct err *err)
{
	const unsigned char *at = (const unsigned char *)der.data;
	X509 *x509;
	int result;

	if (der.len > CERTIFICATE_MAX_DER)
		return err_set(err, "is larger than any certificate");
	x509 = der.len > 0 ? d2i_X509(NULL, &at, (long)der.len) : NULL;
	if (!x509 || at != (const unsigned char *)der.data + der.len) {
		X509_free(x509);
		ERR_clear_error();
		return err_set(err, "is no certificate");
	}
	result = certificate_take(arena, x509, out, err);
	X509_free(x509);
	return result;
}

void certificate_put_names(const struct certificate *certificate, struct buf *out)
{
	for (size_t i = 0; i < certificate->name_count; i++) {
		struct span name = certificate->names[i].text;

		buf_text(out, i > 0 ? " " : "");
		for (size_t at = 0; at < name.len; at++) {
			if (name.data[at] == ' ' || name.data[at] == '\\')
				buf_printf(out, "\\x%02x", (unsigned)(unsigned char)name.data[at]);
			else
				buf_put(out, name.data + at, 1);
		}
	}
}
