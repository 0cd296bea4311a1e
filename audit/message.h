/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the processes of one probe say to each other. Three of them take part:
 *
 *   main    the run's own process: receives rows, never sends, so that it can never be made to wait
 *   broker  root's side of one probe: opens what the spec declares, hands the bytes on unread
 *   jail    the probe itself
 *
 * jail -> broker: ASK; broker -> jail: HELLO once, then for each ASK any number of ITEMS and PIECE
 * (or INPUT), then END. jail -> broker: CALLS and HEAR; broker -> jail: one HEARD for each HEAR.
 * jail -> main: ROWS, COVERAGE, and DONE as the last.
 */
#ifndef AUDIT_MESSAGE_H
#define AUDIT_MESSAGE_H

#include "lib/wire.h"

enum message {
	MESSAGE_HELLO = 1, /* u8: the broker has the rights of root */
	MESSAGE_ASK,       /* u32: index of the need, or ASK_INPUT; then the argument, if any */
	MESSAGE_ITEMS,     /* items, each as item_put() writes it */
	MESSAGE_PIECE,     /* u8 flags, span: more data of the last item */
	MESSAGE_INPUT,     /* rows of the probe's input */
	MESSAGE_END,
	MESSAGE_ROWS,
	MESSAGE_COVERAGE, /* u8: enum coverage; span: detail */
	MESSAGE_DONE,
	MESSAGE_CALLS, /* any number of: u8 enum call_order, and its fields */
	MESSAGE_HEAR,  /* the same, and then waits */
	MESSAGE_HEARD, /* once or more: u32 slot, u8 enum heard, u32 errno, span; a slot once */
};

/* What the jail wants of a call. */
enum call_order {
	CALL_OPEN,    /* u32 need, u32 row of the input, u32 slot, u32 time in ms */
	CALL_SAY,     /* u32 slot, span */
	CALL_HANG_UP, /* u32 slot */
};

/* Calls of one probe at a time, and the ceilings of each. */
#define CALL_SLOTS 512U
#define CALL_MAX_MS 10000U
#define CALL_MAX_SAID (256U << 10)
#define CALL_MAX_HEARD (1U << 20)

#define ASK_INPUT UINT32_MAX

/* Flags of an item or piece. */
#define ITEM_MORE 1U /* a PIECE with the rest follows */
#define ITEM_CUT 2U  /* the file is longer than PROBE_MAX_ITEM */

/* Tags of a value in ROWS and INPUT. */
enum value_tag { VALUE_NULL, VALUE_INTEGER, VALUE_TEXT };

/* Ceilings of what passes. */
#define MESSAGE_MAX_PATH 4096U
#define MESSAGE_MAX_EXPOSED 4608U
#define MESSAGE_MAX_DETAIL 512U

/* File descriptors of the jailed process when it starts. */
#define JAIL_BROKER_FD 3
#define JAIL_MAIN_FD 4

#endif
