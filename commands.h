/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands beside audit; each returns the exit status. See harden.c's table. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "pipeline.h"

int command_query(struct pipeline *pipeline);
int command_tables(struct pipeline *pipeline);
int command_rules(struct pipeline *pipeline);
int command_reach(struct pipeline *pipeline); /* reach.c */
int command_record(struct pipeline *pipeline);

#endif
