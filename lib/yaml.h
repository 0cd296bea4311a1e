/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For yaml.c alone; everybody else includes json.h. */
#ifndef LIB_YAML_H
#define LIB_YAML_H

#include "lib/json.h"

/*
 * Types a scalar that was written without quotes: YAML 1.2.2 section 10.3.2, without octal,
 * hexadecimal and floating point numbers, which stay texts.
 */
void yaml_resolve_plain(struct json *node);

#endif
