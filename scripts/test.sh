#!/usr/bin/env bash
# Sets up, builds and runs every test. A test that is skipped counts as failed:
# nobody would notice otherwise. With dev, and no options, every fuzzer has its
# 20 seconds at the end (scripts/fuzz.sh).
#
#   scripts/test.sh [PRESET] [ctest's options]
#
# PRESET is dev (the default), asan, tsan (below rpc/ only) or release.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

preset=dev
if [[ $# -gt 0 && "$1" != -* ]]; then
  preset="$1"
  shift
fi
case "$preset" in
  dev | asan | tsan | release) ;;
  *) fail "no such preset: $preset" ;;
esac

export ASAN_OPTIONS="detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1"
export UBSAN_OPTIONS="print_stacktrace=1"
export TSAN_OPTIONS="halt_on_error=1:second_deadlock_stack=1:suppressions=$PWD/scripts/thread_sanitizer.supp"

scripts/setup.sh test
build "$preset"

say "testing $preset"
summary="build/$preset.tests.log"
ctest --preset "$preset" -j "$(nproc)" --no-tests=error "$@" | tee "$summary" ||
  fail "tests of $preset, see above"

# ctest counts a skipped test as passed, and so does GoogleTest.
output="build/$preset/Testing/Temporary/LastTest.log"
[[ -s "$output" ]] || fail "$output is not there, so skipped tests cannot be told"
if grep -HE '\((Skipped|Disabled|Not Run)\)$' "$summary" >&2 ||
  grep -HE '^\[  SKIPPED \]|YOU HAVE [0-9]+ DISABLED TEST' "$output" >&2; then
  fail "tests of $preset were skipped or disabled, see above"
fi
say "all tests of $preset passed"

[[ "$preset" != dev || $# -gt 0 ]] || scripts/fuzz.sh
