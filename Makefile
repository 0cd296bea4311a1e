# harden: `make help` lists the targets. Sources, probes, rules, reports and tests are found by
# wildcard: adding a file edits nothing here.
#
# Yours to set: CC CFLAGS CPPFLAGS LDFLAGS PREFIX DESTDIR V=1 B=folder WERROR=1
#               SAN=address,undefined (use another B with it) FUZZ_SECONDS=30

VERSION := 0.1.0
B ?= build
PREFIX ?= /usr/local
PKG_CONFIG ?= pkg-config
PROVE ?= prove

LIBS := libmnl libseccomp libssl libcrypto sqlite3 jansson yaml-0.1 zlib

ifeq ($(V),1)
Q :=
else
Q := @
endif

is_clang := $(findstring clang,$(shell $(CC) --version 2>/dev/null | head -n 1))

warn := -Wall -Wextra -Wformat=2 -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wvla -Walloca -Wcast-qual -Wpointer-arith -Wundef -Wwrite-strings \
	-Wswitch-enum -Wimplicit-fallthrough -Wnull-dereference -Wdate-time
harden := -fstack-protector-strong -fstack-clash-protection -fcf-protection=full \
	-fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing -fPIE
ifeq ($(is_clang),)
warn += -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wtrampolines -Wformat-overflow=2 \
	-Wstringop-overflow=4
harden += -ftrivial-auto-var-init=zero -fzero-call-used-regs=used-gpr
else
harden += -ftrivial-auto-var-init=pattern
endif
ifeq ($(WERROR),1)
warn += -Werror
endif

ifeq ($(SAN),)
cppflags := -D_FORTIFY_SOURCE=3
cflags := -O2
else
cppflags := -DSANITIZED=1
cflags := -O1 -fno-omit-frame-pointer -fsanitize=$(SAN) -fno-sanitize-recover=all
ldflags := -fsanitize=$(SAN)
endif

cppflags += -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -I. $(shell $(PKG_CONFIG) --cflags $(LIBS) 2>/dev/null)
cflags += -std=gnu17 -g $(warn) $(harden)
ldflags += -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code -Wl,--as-needed
ldlibs := $(shell $(PKG_CONFIG) --libs $(LIBS) 2>/dev/null)

compile = $(CC) $(cppflags) $(CPPFLAGS) $(cflags) $(CFLAGS)
link = $(CC) $(cflags) $(CFLAGS) $(ldflags) $(LDFLAGS)

sources := $(sort $(wildcard *.c lib/*.c audit/*.c audit/*/*.c rules/*.c fixers/*.c reports/*.c))
rules := $(sort $(wildcard rules/*/*.sql))
probes := $(sort $(basename $(notdir $(wildcard audit/probes/*.c))))
reports := $(sort $(basename $(notdir $(wildcard reports/*.c))))
objects := $(sources:%.c=$B/%.o)
gen := $B/gen/probes.o $B/gen/reports.o $B/gen/rules.o
parts := $(filter-out $B/harden.o,$(objects)) $(gen)

unit := $(patsubst %.c,$B/%,$(wildcard tests/unit/*.c tests/reports/*.c tests/probes/*.c))
live := $(patsubst %.c,$B/%,$(wildcard tests/live/*.c)) $B/tests/live/firewall/kernel
kernel := $(patsubst %.c,$B/%.o,$(wildcard tests/live/firewall/*.c))
harnesses := $(sort $(filter-out tests/fuzz/replay.c,$(wildcard tests/fuzz/*.c)))
fuzzers := $(harnesses:tests/fuzz/%.c=$B/fuzz/%)
fuzz_parts := $(parts:$B/%=$B/fuzz/parts/%)

.DELETE_ON_ERROR:
.SECONDARY: $(fuzz_parts)
.PHONY: all help run test check check-all bench fuzz soak lint install uninstall clean deps test-deps \
	bench-deps print-flags FORCE

all: $B/harden ## build the program: build/harden

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 24

deps:
	$Qci/deps.sh build
test-deps:
	$Qci/deps.sh build test
bench-deps:
	$Qci/deps.sh build bench

run: deps ## install what is missing, build, and audit this host
	$Q$(MAKE) --no-print-directory all
	$Qci/run-here.sh $B/harden

test: test-deps ## install what the tests need, build, and pass them all
	$QMAKE="$(MAKE)" tests/run.sh

check: $B/harden $(unit) $B/replay ## unit, rule and recorded tests of this build alone
	$QB=$B PROVE="$(PROVE)" tests/check.sh
check-all: $B/harden $(unit) $(live) $B/replay ## the same and the live tests, which want root
	$QB=$B PROVE="$(PROVE)" tests/check.sh live

bench: bench-deps $B/harden $B/tests/live/listen $B/tests/bench/measure ## print figures beside what one would run instead; assert none
	$Qfor script in tests/bench/*.sh; do B=$B bash $$script $B/harden || exit; done

fuzz: $(fuzzers) ## build the libFuzzer harnesses and run each FUZZ_SECONDS (30)
	$Qtests/fuzz/run.sh $B/fuzz

soak: $B/harden $(live) ## the firewall model against the kernel, seed after seed, until one fails
	$Qwhile FIREWALL_SEED=$$(od -An -N3 -tu4 /dev/urandom | tr -d ' ') B=$B tests/live/firewall.t; do :; done

lint: ## clang-format, clang-tidy, cppcheck, shellcheck, mandoc, codespell, shape
	$Qci/lint.sh

$B/harden: $(objects) $(gen)
	@echo "  LD   $@"
	$Q$(link) -o $@ $^ $(ldlibs)

$B/%.o: %.c
	@echo "  CC   $<"
	@mkdir -p $(@D)
	$Q$(compile) -MMD -MP -c -o $@ $<

$B/gen/%.o: $B/gen/%.c
	$Q$(compile) -c -o $@ $<

# The folder is the registry: rewritten only when the list of its files changes.
$B/gen/probes.c: FORCE
	$Qci/registry.sh probe audit/probe.h $(probes) >$@.new
	$Qcmp -s $@ $@.new && rm $@.new || mv $@.new $@
$B/gen/reports.c: FORCE
	$Qci/registry.sh report reports/report.h $(reports) >$@.new
	$Qcmp -s $@ $@.new && rm $@.new || mv $@.new $@
$B/gen/rules.c: FORCE
	$Qci/embed.sh rules/vocabulary.sql $(rules) >$@.new
	$Qcmp -s $@ $@.new && rm $@.new || mv $@.new $@
$B/gen/probes.c $B/gen/reports.c $B/gen/rules.c: | $B/gen
$B/gen:
	@mkdir -p $@

$B/tests/%: tests/%.c tests/tap.h $(parts)
	@echo "  LD   $@"
	@mkdir -p $(@D)
	$Q$(compile) -MMD -MP $(ldflags) $(LDFLAGS) -o $@ $< $(parts) $(ldlibs)

# Only the test's driver carries TLS.
$B/tests/live/talk_sql: ldlibs += $(shell $(PKG_CONFIG) --libs libssl 2>/dev/null)

$B/tests/live/firewall/kernel: $(kernel) $(parts)
	@echo "  LD   $@"
	$Q$(link) -o $@ $^ $(ldlibs)

# Every corpus through every harness in one ordinary program, for the gate.
$B/replay: tests/fuzz/replay.c tests/fuzz/replay.h tests/tap.h ci/replay.sh $(harnesses) $(parts)
	@echo "  LD   $@"
	$Qci/replay.sh $(harnesses) >$B/gen/replay.c
	$Q$(compile) $(ldflags) $(LDFLAGS) -o $@ $B/gen/replay.c tests/fuzz/replay.c $(parts) $(ldlibs)

# libFuzzer is clang's; its parts are built once for all harnesses.
fuzz_compile = clang-14 $(filter-out -D_FORTIFY_SOURCE=3,$(cppflags)) -DSANITIZED=1 -std=gnu17 \
	-O1 -g -fno-sanitize-recover=all
$B/fuzz/parts/%.o: %.c
	@mkdir -p $(@D)
	$Q$(fuzz_compile) -fsanitize=fuzzer-no-link,address,undefined -MMD -MP -c -o $@ $<
$B/fuzz/parts/gen/%.o: $B/gen/%.c
	@mkdir -p $(@D)
	$Q$(fuzz_compile) -fsanitize=fuzzer-no-link,address,undefined -c -o $@ $<
$B/fuzz/%: tests/fuzz/%.c $(fuzz_parts)
	@echo "  FUZZ $@"
	$Q$(fuzz_compile) -fsanitize=fuzzer,address,undefined -o $@ $< $(fuzz_parts) $(ldlibs)

# For ci/lint.sh: what clang-tidy must know to read a file as the compiler does.
print-flags:
	$(info $(filter-out -D_FORTIFY_SOURCE=3,$(cppflags)) -std=gnu17)@:

install: $B/harden ## install program, manual page and completions below DESTDIR/PREFIX
	install -D -m 0755 $B/harden $(DESTDIR)$(PREFIX)/sbin/harden
	install -D -m 0644 harden.8 $(DESTDIR)$(PREFIX)/share/man/man8/harden.8
	install -D -m 0644 completions/harden.bash \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/harden
	install -D -m 0644 completions/_harden $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_harden

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/sbin/harden $(DESTDIR)$(PREFIX)/share/man/man8/harden.8 \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/harden \
		$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_harden

clean: ## remove what was built
	rm -rf $B

-include $(objects:.o=.d) $(kernel:.o=.d) $(unit:=.d) $(fuzz_parts:.o=.d)
