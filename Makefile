# crm -- small programs around one SQLite file.      GNU make, no configure
#
#   make             build into $(B), on every core
#   make deps        install what is missing from Debian's packages
#   make demo        a guided tour, in a folder of its own
#   make test        the bats suite; CRM_DATA=DIR adds the data tests
#   make lint analyse asan coverage valgrind bench
#   make fuzz        every reader under libFuzzer; SECONDS=60 each
#   make soak        tests/fault-*.bats at full length, an hour of each fuzzer
#   make check-all   everything that must hold before a commit
#   make install     PREFIX=/usr/local DESTDIR= CRM=crm (the dispatcher's name)
#
# Programs are linked with the system's static libraries: starting one takes
# a third less.  STATIC= links the shared ones; SQLITE=DIR compiles the
# amalgamation in DIR in.  Builds with other flags live in a directory of
# their own and disturb nobody.

comma    := ,
JOBS     ?= $(shell getconf _NPROCESSORS_ONLN)

# Several goals run one after the other, each with all cores.
ifneq ($(word 2,$(MAKECMDGOALS)),)
.NOTPARALLEL:
.PHONY: $(MAKECMDGOALS)
$(MAKECMDGOALS):
	@$(MAKE) --no-print-directory -j$(JOBS) $@
else

ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(JOBS)
endif

VERSION  := 0.1.0
PREFIX   ?= /usr/local
BINDIR   ?= $(PREFIX)/bin
MANDIR   ?= $(PREFIX)/share/man
BASHDIR  ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR   ?= $(PREFIX)/share/zsh/site-functions
FISHDIR  ?= $(PREFIX)/share/fish/vendor_completions.d
CRM      ?= crm
STATIC   ?= 1
B        ?= build/$(if $(SQLITE),sqlite,$(if $(STATIC),plain,shared))

CFLAGS   ?= -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong
ALWAYS   := -std=c11 -D_POSIX_C_SOURCE=200809L -DVERSION=$(VERSION) \
            $(SQLITE:%=-I%) -Ilib -ffunction-sections -fdata-sections \
            -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wundef -Wvla \
            -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings \
            -Wcast-qual -Wformat=2 -Wno-overlength-strings

# With shared libraries: one that a program does not need it does not load,
# and symbols are bound when first called.  Static ones warn of dlopen(),
# which SQLite calls for extensions; here they are off.
LINK     := -Wl,-O1,--as-needed,--gc-sections,-z,relro,-z,lazy
LINK     += $(if $(STATIC),-static-pie -Wl$(comma)--no-warnings)
AMALGAM  := $(if $(SQLITE),$(B)/sqlite3.a)
LDLIBS   ?= $(if $(SQLITE),,-lsqlite3) -lyaml -lutf8proc -lm

SQLFLAGS := -w -O2 -g -ffunction-sections -fdata-sections -DSQLITE_DQS=0 \
            -DSQLITE_THREADSAFE=0 -DSQLITE_DEFAULT_MEMSTATUS=0 \
            -DSQLITE_LIKE_DOESNT_MATCH_BLOBS -DSQLITE_OMIT_DEPRECATED \
            -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_PREUPDATE_HOOK \
            -DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_OMIT_LOAD_EXTENSION
SAN      := -O1 -g -Werror -fno-omit-frame-pointer \
            -fsanitize=address,undefined -fno-sanitize-recover=all
STRICT   := -O1 -Werror -Wcomma -Wassign-enum -Wunreachable-code-aggressive \
            -Wimplicit-fallthrough -Wconditional-uninitialized \
            -Wmissing-variable-declarations -Wshift-sign-overflow
# gcc's analyzer loses sight of what a buf holds.
ANALYZER := -O1 -Werror -fanalyzer -Wno-analyzer-use-of-uninitialized-value
FUZZ     := -O1 -g -DSPOOL_CHUNK=512 -fno-omit-frame-pointer \
            -fsanitize=fuzzer-no-link,address,undefined \
            -fno-sanitize-recover=all
FUZZLINK := -fsanitize=fuzzer \
            -Wl,--wrap=exit,--wrap=write,--wrap=spool_read
# The system's own programs are not looked at: some of them would complain.
VALGRIND := valgrind -q --trace-children=yes --error-exitcode=99 \
            --trace-children-skip=/usr/bin/*,/bin/*
FLOOR    := 85

# What building, the demo, the tests and the lints take from Debian 12.
DEPS     := gcc libc6-dev make git libsqlite3-dev sqlite3 libyaml-dev \
            libutf8proc-dev tzdata bats parallel jq miller r-base-core \
            python3 msmtp gnuplot-nox remind libxml2-utils zsh fish expect \
            shellcheck mandoc man-db bsdextrautils clang \
            libclang-rt-14-dev cppcheck gcovr valgrind hyperfine

# The tree is the list: a new file needs no edit here.
CMDS     := $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
SOURCES  := $(wildcard cmd/*.c lib/*.[ch] tests/*/*.[ch])
STEPS    := $(sort $(wildcard schema/*.sql))
VIEWS    := $(sort $(wildcard schema/views/*.sql))
YAML     := $(wildcard schema/crm.yaml) $(sort $(wildcard schema/templates/*))
MAPS     := $(sort $(wildcard schema/mappings/*))
FORMS    := $(sort $(wildcard schema/forms/*))
REPORTS  := $(sort $(wildcard schema/reports/*))
LIB      := $(patsubst %.c,$(B)/%.o,$(wildcard lib/*.c)) $(B)/schema.o
BINS     := $(CMDS:%=$(B)/bin/%)
SHIM     := $(patsubst %.c,$(B)/%.o,$(wildcard tests/shim/*.c))
HELPERS  := $(patsubst %.c,$(B)/%,$(filter-out tests/shim/% tests/fuzz/%,\
              $(wildcard tests/*/*.c)))
FUZZERS  := $(filter-out fuzz,$(patsubst tests/fuzz/%.c,%,\
              $(wildcard tests/fuzz/*.c)))
MAN      := $(wildcard man/*.[1-9])
SUITE    := $(filter-out tests/data-%,$(wildcard tests/*.bats))
DATA     := $(wildcard tests/data-*.bats)
SH       := $(wildcard .ci/run tests/run tests/*.ba* tests/*/*.ba* \
              tests/*/*.sh completions/*.bash)

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all tests deps demo test lint analyse asan coverage valgrind fuzz \
        soak check-all bench install clean FORCE

all: $(BINS)
tests: all $(HELPERS) $(CMDS:%=$(B)/fault/%)

$(B)/bin/%: $(B)/cmd/%.o $(B)/libcrm.a $(AMALGAM) $(B)/link
	@mkdir -p $(@D)
	$(CC) @$(B)/link -o $@ $(filter-out %/link,$^) $(LDLIBS)

$(B)/tests/%: $(B)/tests/%.o $(B)/libcrm.a $(AMALGAM) $(B)/link
	$(CC) @$(B)/link -o $@ $(filter %.o,$^) $(filter %.a,$^) $(LDLIBS)

# The same race without the writers' lock, the same load without history.
$(B)/tests/race/unlocked: $(B)/tests/race/reset.o
$(B)/tests/race/unlocked: LDLIBS += -Wl,--wrap=flock
$(B)/tests/bench/unwatched: $(B)/cmd/crm-add.o
$(B)/tests/bench/unwatched: LDLIBS += -Wl,--wrap=db_watch

# Each command once more, to fail where tests/fault tells it to.
WRAPPED  := sqlite3_open_v2 malloc calloc realloc getpwuid
$(B)/fault/%: $(B)/cmd/%.o $(filter %/shim.o %/shimfile.o %/shimlog.o, \
    $(SHIM)) $(B)/libcrm.a $(AMALGAM) $(B)/link
	@mkdir -p $(@D)
	$(CC) @$(B)/link $(WRAPPED:%=-Wl$(comma)--wrap=%) -o $@ \
	  $(filter-out %/link,$^) $(LDLIBS)

$(B)/tests/fault/%: $(B)/tests/fault/%.o $(B)/libshim.a $(AMALGAM) $(B)/link
	$(CC) @$(B)/link -o $@ $(filter-out %/link,$^) $(LDLIBS)

$(B)/libshim.a: $(SHIM)
	@$(RM) $@
	$(AR) rcs $@ $^

$(B)/tests/fuzz/%: $(B)/tests/fuzz/%.o $(B)/tests/fuzz/fuzz.o \
                   $(B)/libcrm.a $(B)/link
	$(CC) @$(B)/link -o $@ $(filter-out %/link,$^) $(LDLIBS)

$(B)/libcrm.a: $(LIB)
	@$(RM) $@
	$(AR) rcs $@ $^

$(B)/sqlite3.a: $(SQLITE)/sqlite3.c $(B)/flags
	$(CC) $(SQLFLAGS) -c -o $(@:a=o) $<
	$(AR) rcs $@ $(@:a=o)

$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(CC) @$(B)/flags -MMD -MP -c -o $@ $<

$(B)/%.o: $(B)/%.c $(B)/flags
	$(CC) @$(B)/flags -MMD -MP -c -o $@ $<

# The programs carry their schema and default configuration as C strings.
string   = sed 's/[\\"]/\\&/g; s/.*/"&\\n"/'
list     = for f in $(1); do $(string) $$f; echo ,; done; echo '0 };'
named    = for f in $(1); do n=$${f\#\#*/}; n=$${n%.yaml}; \
             echo "{ \"$${n%.sql}\","; $(string) $$f; echo '},'; done; \
           echo '{ 0, 0 } };'
CARRIED  := $(STEPS) $(VIEWS) $(YAML) $(MAPS) $(FORMS) $(REPORTS)
$(B)/schema.c: $(CARRIED) $(B)/carried
	@{ echo '#include "schema.h"'; \
	  echo 'const char *const schema[] = {'; $(call list,$(STEPS)); \
	  echo 'const char *const views[] = {'; $(call list,$(VIEWS)); \
	  echo 'const struct template templates[] = {'; \
	  $(call named,$(YAML)); \
	  echo 'const struct template mappings[] = {'; \
	  $(call named,$(MAPS)); \
	  echo 'const struct template forms[] = {'; \
	  $(call named,$(FORMS)); \
	  echo 'const struct template reports[] = {'; \
	  $(call named,$(REPORTS)); } >$@

# What compiler and linker are told, and which files the programs carry.
# Rewritten when it changes, and what was made with it is made again.
$(B)/flags: TELL = $(ALWAYS) $(CPPFLAGS) $(CFLAGS)
$(B)/link: TELL = $(CFLAGS) $(LINK) $(LDFLAGS)
$(B)/carried: TELL = $(CARRIED)
$(B)/flags $(B)/link $(B)/carried: FORCE
	@mkdir -p $(@D)
	@echo '$(TELL)' | cmp -s - $@ || echo '$(TELL)' >$@

deps:
	@missing=; for p in $(DEPS); do \
	  dpkg-query -W -f '$${db:Status-Status}\n' $$p 2>/dev/null | \
	    grep -qx installed || missing="$$missing $$p"; done; \
	test -n "$$missing" || exit 0; \
	as=; test "$$(id -u)" = 0 || as=sudo; \
	get="$$as env DEBIAN_FRONTEND=noninteractive apt-get -qy"; \
	get="$$get -o Acquire::Retries=3 -o Dpkg::Use-Pty=0"; \
	$$get update && $$get install --no-install-recommends $$missing

demo: all
	@B=$(abspath $(B)) tests/demo/tour.sh

test: tests
	@B=$(abspath $(B)) JOBS=$(JOBS) DATA='$(DATA)' tests/run $(SUITE)

# Long counts of what is in the suite with short ones.
lint: tests
	@B=$(abspath $(B)) JOBS=$(JOBS) tests/run $(wildcard tests/lint/*.bats)
	$(if $(MAN),mandoc -T lint -W warning $(MAN))
	shellcheck -x $(SH)

analyse:
	cppcheck -q --std=c11 --error-exitcode=1 -Ilib -j $(JOBS) \
	  --enable=warning,portability --inline-suppr \
	  $(filter %.c,$(SOURCES))
	$(MAKE) B=build/clang STATIC= CC=clang CFLAGS='$(STRICT)' tests
	$(MAKE) B=build/analyzer CFLAGS='$(ANALYZER)' build/analyzer/libcrm.a

# A command's memory ends with it: leaks are the measure of peak memory's
# business (make bench), not of the sanitizer's.
asan:
	ASAN_OPTIONS=detect_leaks=0 \
	  $(MAKE) B=build/asan STATIC= CFLAGS='$(SAN)' test

coverage:
	@! test -d build/cov || find build/cov -name '*.gcda' -exec rm {} +
	$(MAKE) B=build/cov STATIC= CFLAGS='-O0 -g --coverage' test
	gcovr -j $(JOBS) -r . --object-directory build/cov -f cmd/ -f lib/ \
	  --fail-under-line $(FLOOR)

valgrind:
	WRAP='$(VALGRIND)' $(MAKE) B=build/shared STATIC= test

# Each reader for so many seconds, as many at a time as there are cores.  With
# 12 readers and 2 cores that is six minutes.
SECONDS  ?= 60
fuzz: all
	$(MAKE) B=build/fuzz STATIC= CC=clang CFLAGS='$(FUZZ)' \
	  LDFLAGS='$(FUZZLINK)' $(FUZZERS:%=build/fuzz/tests/fuzz/%)
	@B=$(abspath $(B)) JOBS=$(JOBS) tests/fuzz/run.sh $(SECONDS) $(FUZZERS)

soak: tests
	@SOAK=1 B=$(abspath $(B)) JOBS=$(JOBS) tests/run \
	  $(wildcard tests/fault-*.bats)
	$(MAKE) fuzz SECONDS=3600

check-all:
	$(MAKE) lint
	$(MAKE) analyse
	$(MAKE) test
	$(MAKE) asan
	$(MAKE) coverage
	@test -z "$$(git status --porcelain)" || { git status --short; exit 1; }

bench: tests
	@B=$(abspath $(B)) OWN='$(SQLITE)' tests/bench/run.sh

install: all
	install -d $(foreach d,$(BINDIR) $(BASHDIR) $(ZSHDIR) $(FISHDIR) \
	  $(foreach s,1 5 7,$(MANDIR)/man$s),'$(DESTDIR)$d')
	for c in $(CMDS); do n=$$c; test $$c != crm || n=$(CRM); \
	  install -s $(B)/bin/$$c '$(DESTDIR)$(BINDIR)'/$$n; \
	  install -m 644 completions/crm.bash '$(DESTDIR)$(BASHDIR)'/$$n; \
	  install -m 644 completions/crm.fish '$(DESTDIR)$(FISHDIR)'/$$n.fish; \
	done
	sed 's/^#compdef crm /#compdef $(CRM) /' completions/_crm \
	  >'$(DESTDIR)$(ZSHDIR)'/_$(CRM)
	for m in $(MAN:man/%=%); do n=$$m; test $$m != crm.1 || n=$(CRM).1; \
	  install -m 644 man/$$m '$(DESTDIR)$(MANDIR)'/man$${m##*.}/$$n; done

clean:
	$(RM) -r build

-include $(LIB:.o=.d) $(SHIM:.o=.d) $(CMDS:%=$(B)/cmd/%.d) \
  $(HELPERS:%=%.d) $(patsubst %.c,$(B)/%.d,$(wildcard tests/fuzz/*.c))
endif
