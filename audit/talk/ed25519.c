/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Ed25519 with a secret of any length: see crypto.h. RFC 8032, 5.1: the curve
 * -x^2 + y^2 = 1 + d x^2 y^2 over the field of p = 2^255 - 19, points in extended coordinates
 * (5.1.4), B the base point and L its order.
 */
#include <openssl/bn.h>
#include <string.h>

#include "audit/talk/crypto.h"

#define SCALAR 32

/* A point (X/Z, Y/Z) with T = X Y / Z. */
struct point {
	BIGNUM *x;
	BIGNUM *y;
	BIGNUM *z;
	BIGNUM *t;
};

/* One BN_CTX owns every number of a signature, and all go with it. */
struct curve {
	BN_CTX *numbers;
	BIGNUM *p;
	BIGNUM *order;
	BIGNUM *twice_d;
	struct point base;
	bool failed; /* some step did; looked at once, at the end */
};

static void check(struct curve *curve, int done)
{
	if (done != 1)
		curve->failed = true;
}

static BIGNUM *number(struct curve *curve)
{
	BIGNUM *made = BN_CTX_get(curve->numbers);

	if (!made)
		curve->failed = true;
	return made;
}

static BIGNUM *constant(struct curve *curve, const char *hex)
{
	BIGNUM *made = number(curve);

	if (made)
		check(curve, BN_hex2bn(&made, hex) > 0);
	return made;
}

static struct point point_new(struct curve *curve)
{
	return (struct point){number(curve), number(curve), number(curve), number(curve)};
}

static void multiply(struct curve *curve, BIGNUM *to, const BIGNUM *a, const BIGNUM *b)
{
	if (!curve->failed)
		check(curve, BN_mod_mul(to, a, b, curve->p, curve->numbers));
}

static void add(struct curve *curve, BIGNUM *to, const BIGNUM *a, const BIGNUM *b)
{
	if (!curve->failed)
		check(curve, BN_mod_add(to, a, b, curve->p, curve->numbers));
}

static void subtract(struct curve *curve, BIGNUM *to, const BIGNUM *a, const BIGNUM *b)
{
	if (!curve->failed)
		check(curve, BN_mod_sub(to, a, b, curve->p, curve->numbers));
}

/* *to += *by, by 5.1.4; the formula is complete, so it doubles a point as well. */
static void point_add(struct curve *curve, struct point *to, const struct point *by)
{
	BIGNUM *a;
	BIGNUM *b;
	BIGNUM *c;
	BIGNUM *d;
	BIGNUM *e;

	BN_CTX_start(curve->numbers);
	a = number(curve);
	b = number(curve);
	c = number(curve);
	d = number(curve);
	e = number(curve);
	subtract(curve, a, to->y, to->x);
	subtract(curve, e, by->y, by->x);
	multiply(curve, a, a, e);
	add(curve, b, to->y, to->x);
	add(curve, e, by->y, by->x);
	multiply(curve, b, b, e);
	multiply(curve, c, to->t, by->t);
	multiply(curve, c, c, curve->twice_d);
	multiply(curve, d, to->z, by->z);
	add(curve, d, d, d);
	subtract(curve, e, b, a); /* E */
	add(curve, b, b, a);      /* H */
	subtract(curve, a, d, c); /* F */
	add(curve, d, d, c);      /* G */
	multiply(curve, to->x, e, a);
	multiply(curve, to->y, d, b);
	multiply(curve, to->t, e, b);
	multiply(curve, to->z, a, d);
	BN_CTX_end(curve->numbers);
}

static void curve_begin(struct curve *curve)
{
	*curve = (struct curve){.numbers = BN_CTX_new()};
	if (!curve->numbers) {
		curve->failed = true;
		return;
	}
	BN_CTX_start(curve->numbers);
	curve->p = constant(curve, "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
				   "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFED");
	curve->order = constant(curve, "10000000000000000000000000000000"
				       "14DEF9DEA2F79CD65812631A5CF5D3ED");
	curve->twice_d = constant(curve, "52036CEE2B6FFE738CC740797779E898"
					 "00700A4D4141D8AB75EB4DCA135978A3");
	curve->base = point_new(curve);
	if (curve->failed)
		return;
	add(curve, curve->twice_d, curve->twice_d, curve->twice_d);
	check(curve, BN_hex2bn(&curve->base.x, "216936D3CD6E53FEC0A4E231FDD6DC5C"
					       "692CC7609525A7B2C9562D608F25D51A") > 0);
	check(curve, BN_hex2bn(&curve->base.y, "66666666666666666666666666666666"
					       "66666666666666666666666666666658") > 0);
	check(curve, BN_one(curve->base.z));
	multiply(curve, curve->base.t, curve->base.x, curve->base.y);
}

static int curve_end(struct curve *curve)
{
	if (curve->numbers)
		BN_CTX_end(curve->numbers);
	BN_CTX_free(curve->numbers);
	return curve->failed ? -1 : 0;
}

/* The base point times `scalar`, encoded by 5.1.2: y, and the lowest bit of x in the highest. */
static void times_base(struct curve *curve, const BIGNUM *scalar, unsigned char out[SCALAR])
{
	struct point sum;
	BIGNUM *inverse;

	if (curve->failed)
		return;
	BN_CTX_start(curve->numbers);
	sum = point_new(curve);
	inverse = number(curve);
	if (curve->failed)
		return;
	BN_zero(sum.x);
	BN_zero(sum.t);
	check(curve, BN_one(sum.y));
	check(curve, BN_one(sum.z));
	for (int bit = BN_num_bits(scalar) - 1; bit >= 0; bit--) {
		point_add(curve, &sum, &sum);
		if (BN_is_bit_set(scalar, bit))
			point_add(curve, &sum, &curve->base);
	}
	if (!curve->failed && !BN_mod_inverse(inverse, sum.z, curve->p, curve->numbers))
		curve->failed = true;
	multiply(curve, sum.x, sum.x, inverse);
	multiply(curve, sum.y, sum.y, inverse);
	check(curve, curve->failed || BN_bn2lebinpad(sum.y, out, SCALAR) == SCALAR);
	if (!curve->failed && BN_is_odd(sum.x))
		out[SCALAR - 1] |= 0x80;
	BN_CTX_end(curve->numbers);
}

/* The digest of the parts as a number, below the order. */
static BIGNUM *reduced(struct curve *curve, const struct span *parts, size_t count)
{
	unsigned char digest[CRYPTO_MAX_DIGEST];
	BIGNUM *made = number(curve);

	if (crypto_digest("SHA512", parts, count, digest) != (int)sizeof(digest))
		curve->failed = true;
	if (curve->failed || !BN_lebin2bn(digest, sizeof(digest), made)) {
		curve->failed = true;
		return made;
	}
	check(curve, BN_nnmod(made, made, curve->order, curve->numbers));
	return made;
}

/* 5.1.5: the first half of the digest is the scalar, some bits of it fixed. */
static BIGNUM *secret(struct curve *curve, struct span password,
		      unsigned char digest[CRYPTO_MAX_DIGEST])
{
	BIGNUM *made = number(curve);

	if (crypto_digest("SHA512", &password, 1, digest) != CRYPTO_MAX_DIGEST || curve->failed) {
		curve->failed = true;
		return made;
	}
	digest[0] &= 0xf8;
	digest[SCALAR - 1] &= 0x3f;
	digest[SCALAR - 1] |= 0x40;
	if (!BN_lebin2bn(digest, SCALAR, made))
		curve->failed = true;
	return made;
}

int crypto_ed25519_public(struct span password, unsigned char out[32])
{
	unsigned char digest[CRYPTO_MAX_DIGEST];
	struct curve curve;

	memset(out, 0, 32);
	curve_begin(&curve);
	if (!curve.failed)
		times_base(&curve, secret(&curve, password, digest), out);
	return curve_end(&curve);
}

static void sign(struct curve *curve, struct span password, struct span text,
		 unsigned char out[CRYPTO_SIGNATURE])
{
	unsigned char digest[CRYPTO_MAX_DIGEST];
	unsigned char public[SCALAR];
	struct span once[] = {{(const char *)digest + SCALAR, SCALAR}, text};
	struct span all[] = {{(const char *)out, SCALAR}, {(const char *)public, SCALAR}, text};
	BIGNUM *scalar = secret(curve, password, digest);
	BIGNUM *nonce;
	BIGNUM *product;

	times_base(curve, scalar, public);
	if (curve->failed)
		return;
	nonce = reduced(curve, once, 2);
	times_base(curve, nonce, out);
	if (curve->failed)
		return;
	product = reduced(curve, all, 3);
	if (curve->failed)
		return;
	check(curve, BN_mod_mul(product, product, scalar, curve->order, curve->numbers));
	check(curve, BN_mod_add(product, product, nonce, curve->order, curve->numbers));
	check(curve, BN_bn2lebinpad(product, out + SCALAR, SCALAR) == SCALAR);
}

int crypto_ed25519_sign(struct span password, struct span text, unsigned char out[CRYPTO_SIGNATURE])
{
	struct curve curve;

	memset(out, 0, CRYPTO_SIGNATURE);
	curve_begin(&curve);
	if (!curve.failed)
		sign(&curve, password, text, out);
	return curve_end(&curve);
}
