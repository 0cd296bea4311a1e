/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Directives of a configuration of nginx, as ngx_conf_read_token() of
 * src/core/ngx_conf_file.c parts them: words, quotes, escapes, comments, ${variables}, blocks.
 */
#ifndef AUDIT_NGINX_LEX_H
#define AUDIT_NGINX_LEX_H

#include <stdbool.h>

#include "lib/arena.h"
#include "lib/span.h"

#define NGINX_MAX_WORDS 100000U /* of one directive: server_name may have many */

enum nginx_lex {
	NGINX_STATEMENT, /* words, and ; */
	NGINX_OPEN,      /* words, and { */
	NGINX_CLOSE,     /* } */
	NGINX_END,
	NGINX_BAD, /* nginx would refuse the file */
};

struct nginx_lexer {
	struct arena *arena;
	struct span rest;
	unsigned next_line;

	/* of the directive that was read: */
	struct span *words; /* words[0] is its name; valid until the next one is read */
	unsigned count;
	unsigned capacity;
	unsigned line;     /* of its first word */
	const char *fault; /* of NGINX_BAD */
};

void nginx_lex_begin(struct nginx_lexer *lexer, struct arena *arena, struct span input);
/* The texts of words live in the input or in the arena. */
enum nginx_lex nginx_lex_next(struct nginx_lexer *lexer);
/*
 * Behind NGINX_OPEN: skips to behind the } of a block that holds Lua, whose strings and comments
 * may have braces (lua-nginx-module: *_by_lua_block). False: it does not end.
 */
bool nginx_lex_skip_lua(struct nginx_lexer *lexer);

#endif
