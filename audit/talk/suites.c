/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Cipher suites: see suites.h. */
#include "audit/talk/suites.h"

#include "lib/own.h"

/* The IANA registry "TLS Cipher Suites"; those of PSK, SRP and the like are not asked for. */
static const struct {
	uint16_t suite;
	enum hello_weakness weakness;
} weak_suites[] = {
    {0x0001, HELLO_NULL},   {0x0002, HELLO_NULL},   {0x003b, HELLO_NULL},   {0xc001, HELLO_NULL},
    {0xc006, HELLO_NULL},   {0xc00b, HELLO_NULL},   {0xc010, HELLO_NULL},   {0xc015, HELLO_NULL},
    {0x0017, HELLO_ANON},   {0x0018, HELLO_ANON},   {0x0019, HELLO_ANON},   {0x001a, HELLO_ANON},
    {0x001b, HELLO_ANON},   {0x0034, HELLO_ANON},   {0x003a, HELLO_ANON},   {0x0046, HELLO_ANON},
    {0x006c, HELLO_ANON},   {0x006d, HELLO_ANON},   {0x0089, HELLO_ANON},   {0x009b, HELLO_ANON},
    {0x00a6, HELLO_ANON},   {0x00a7, HELLO_ANON},   {0xc016, HELLO_ANON},   {0xc017, HELLO_ANON},
    {0xc018, HELLO_ANON},   {0xc019, HELLO_ANON},   {0x0003, HELLO_EXPORT}, {0x0006, HELLO_EXPORT},
    {0x0008, HELLO_EXPORT}, {0x000b, HELLO_EXPORT}, {0x000e, HELLO_EXPORT}, {0x0011, HELLO_EXPORT},
    {0x0014, HELLO_EXPORT}, {0x0062, HELLO_EXPORT}, {0x0063, HELLO_EXPORT}, {0x0064, HELLO_EXPORT},
    {0x0065, HELLO_EXPORT}, {0x0009, HELLO_DES},    {0x000c, HELLO_DES},    {0x000f, HELLO_DES},
    {0x0012, HELLO_DES},    {0x0015, HELLO_DES},    {0x0004, HELLO_RC4},    {0x0005, HELLO_RC4},
    {0x0066, HELLO_RC4},    {0xc002, HELLO_RC4},    {0xc007, HELLO_RC4},    {0xc00c, HELLO_RC4},
    {0xc011, HELLO_RC4},    {0x000a, HELLO_3DES},   {0x000d, HELLO_3DES},   {0x0010, HELLO_3DES},
    {0x0013, HELLO_3DES},   {0x0016, HELLO_3DES},   {0xc003, HELLO_3DES},   {0xc008, HELLO_3DES},
    {0xc00d, HELLO_3DES},   {0xc012, HELLO_3DES},
};

/* RFC 8446, B.4 */
static const struct {
	uint16_t suite;
	const char *name;
} suites_13[] = {
    {0x1302, "TLS_AES_256_GCM_SHA384"},   {0x1303, "TLS_CHACHA20_POLY1305_SHA256"},
    {0x1301, "TLS_AES_128_GCM_SHA256"},   {0x1304, "TLS_AES_128_CCM_SHA256"},
    {0x1305, "TLS_AES_128_CCM_8_SHA256"},
};

/* AEAD and CBC with ECDHE, DHE, and RSA: what servers of the last twenty years have one of, in the
 * order that OpenSSL has, ciphers(1), and by its names. HELLO_ANY_KEY: DSS. */
static const struct {
	uint16_t suite;
	enum hello_key key;
	const char *name;
} usual_suites[] = {
    {0xc02c, HELLO_ECDSA, "ECDHE-ECDSA-AES256-GCM-SHA384"},
    {0xc030, HELLO_RSA, "ECDHE-RSA-AES256-GCM-SHA384"},
    {0x009f, HELLO_RSA, "DHE-RSA-AES256-GCM-SHA384"},
    {0xcca9, HELLO_ECDSA, "ECDHE-ECDSA-CHACHA20-POLY1305"},
    {0xcca8, HELLO_RSA, "ECDHE-RSA-CHACHA20-POLY1305"},
    {0xccaa, HELLO_RSA, "DHE-RSA-CHACHA20-POLY1305"},
    {0xc02b, HELLO_ECDSA, "ECDHE-ECDSA-AES128-GCM-SHA256"},
    {0xc02f, HELLO_RSA, "ECDHE-RSA-AES128-GCM-SHA256"},
    {0x009e, HELLO_RSA, "DHE-RSA-AES128-GCM-SHA256"},
    {0xc024, HELLO_ECDSA, "ECDHE-ECDSA-AES256-SHA384"},
    {0xc028, HELLO_RSA, "ECDHE-RSA-AES256-SHA384"},
    {0x006b, HELLO_RSA, "DHE-RSA-AES256-SHA256"},
    {0xc023, HELLO_ECDSA, "ECDHE-ECDSA-AES128-SHA256"},
    {0xc027, HELLO_RSA, "ECDHE-RSA-AES128-SHA256"},
    {0x0067, HELLO_RSA, "DHE-RSA-AES128-SHA256"},
    {0xc00a, HELLO_ECDSA, "ECDHE-ECDSA-AES256-SHA"},
    {0xc014, HELLO_RSA, "ECDHE-RSA-AES256-SHA"},
    {0x0039, HELLO_RSA, "DHE-RSA-AES256-SHA"},
    {0x0038, HELLO_ANY_KEY, "DHE-DSS-AES256-SHA"},
    {0x0088, HELLO_RSA, "DHE-RSA-CAMELLIA256-SHA"},
    {0xc009, HELLO_ECDSA, "ECDHE-ECDSA-AES128-SHA"},
    {0xc013, HELLO_RSA, "ECDHE-RSA-AES128-SHA"},
    {0x0033, HELLO_RSA, "DHE-RSA-AES128-SHA"},
    {0x0032, HELLO_ANY_KEY, "DHE-DSS-AES128-SHA"},
    {0x0045, HELLO_RSA, "DHE-RSA-CAMELLIA128-SHA"},
    {0x009d, HELLO_RSA, "AES256-GCM-SHA384"},
    {0x009c, HELLO_RSA, "AES128-GCM-SHA256"},
    {0x003d, HELLO_RSA, "AES256-SHA256"},
    {0x003c, HELLO_RSA, "AES128-SHA256"},
    {0x0035, HELLO_RSA, "AES256-SHA"},
    {0x0084, HELLO_RSA, "CAMELLIA256-SHA"},
    {0x002f, HELLO_RSA, "AES128-SHA"},
    {0x0041, HELLO_RSA, "CAMELLIA128-SHA"},
};

static bool wants(const struct suites *offer, enum hello_key key)
{
	return offer->weaknesses == 0 && (offer->key == HELLO_ANY_KEY || offer->key == key);
}

const char *hello_weakness_name(enum hello_weakness weakness)
{
	static const char *const names[HELLO_WEAKNESSES] = {
	    [HELLO_NULL] = "NULL", [HELLO_ANON] = "anon", [HELLO_EXPORT] = "EXPORT",
	    [HELLO_DES] = "DES",   [HELLO_RC4] = "RC4",   [HELLO_3DES] = "3DES",
	};

	return names[weakness];
}

static void put(struct buf *out, uint16_t suite)
{
	buf_put(out, (unsigned char[]){(unsigned char)(suite >> 8), (unsigned char)suite}, 2);
}

/* RSA key exchange, of the usual ones: RFC 5246, A.5, RFC 5288 and RFC 5932. */
static bool signs_nothing(uint16_t suite)
{
	return suite == 0x002f || suite == 0x0035 || suite == 0x003c || suite == 0x003d ||
	       suite == 0x0041 || suite == 0x0084 || suite == 0x009c || suite == 0x009d;
}

static void put_usual(const struct suites *offer, bool is_first, struct buf *out)
{
	for (size_t i = 0; i < ARRAY_LEN(usual_suites); i++)
		if (wants(offer, usual_suites[i].key) &&
		    (offer->spares_signature && signs_nothing(usual_suites[i].suite)) == is_first)
			put(out, usual_suites[i].suite);
}

void suites_put(const struct suites *offer, struct buf *out)
{
	for (size_t i = 0; offer->is_13 && i < ARRAY_LEN(suites_13); i++)
		put(out, suites_13[i].suite);
	put_usual(offer, true, out);
	put_usual(offer, false, out);
	for (size_t i = 0; i < ARRAY_LEN(weak_suites); i++)
		if (offer->weaknesses >> weak_suites[i].weakness & 1)
			put(out, weak_suites[i].suite);
}

bool suites_has(const struct suites *offer, uint16_t suite)
{
	enum hello_weakness weakness = suite_weakness(suite);

	if (weakness != HELLO_WEAKNESSES)
		return offer->weaknesses >> weakness & 1;
	for (size_t i = 0; i < ARRAY_LEN(usual_suites); i++)
		if (usual_suites[i].suite == suite)
			return wants(offer, usual_suites[i].key);
	return offer->is_13 && suite_is_13(suite);
}

bool suite_is_13(uint16_t suite)
{
	return suite >> 8 == 0x13 && suite_name(suite);
}

enum hello_weakness suite_weakness(uint16_t suite)
{
	for (size_t i = 0; i < ARRAY_LEN(weak_suites); i++)
		if (weak_suites[i].suite == suite)
			return weak_suites[i].weakness;
	return HELLO_WEAKNESSES;
}

const char *suite_name(uint16_t suite)
{
	for (size_t i = 0; i < ARRAY_LEN(suites_13); i++)
		if (suites_13[i].suite == suite)
			return suites_13[i].name;
	for (size_t i = 0; i < ARRAY_LEN(usual_suites); i++)
		if (usual_suites[i].suite == suite)
			return usual_suites[i].name;
	return NULL;
}
