#!/usr/bin/env bash
# Feeds every parser of outside bytes with what nobody would send, under
# sanitizers. Fails on any finding, and says how to see it again.
#
#   scripts/fuzz.sh [NAME]... [--seconds N]   all if none; 20 seconds each
#
# A name is that of a tests/fuzz/NAME_fuzzer.cc, whose seeds are in
# tests/fuzz/corpus/NAME and whose words in tests/fuzz/NAME.dict. What is found
# on the way to new code stays in build/fuzz/corpus/NAME, for the next run.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

readonly at_a_time=2
readonly out=build/fuzz
seconds=20
names=()
while [[ $# -gt 0 ]]; do
  case "$1" in
    --seconds)
      seconds="${2:?--seconds takes a number}"
      shift
      ;;
    -*) fail "fuzz.sh takes names and --seconds N" ;;
    *) names+=("$1") ;;
  esac
  shift
done
if [[ ${#names[@]} -eq 0 ]]; then
  for file in tests/fuzz/*_fuzzer.cc; do
    names+=("$(basename "$file" _fuzzer.cc)")
  done
fi
targets=()
for name in "${names[@]}"; do
  [[ -f "tests/fuzz/${name}_fuzzer.cc" ]] || fail "no such fuzzer: $name"
  [[ -d "tests/fuzz/corpus/$name" ]] || fail "$name has no seeds"
  targets+=("fuzz_$name")
done

export ASAN_OPTIONS="detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1"
export UBSAN_OPTIONS="print_stacktrace=1"

build fuzz "${targets[@]}"
mkdir -p "$out/findings" "$out/logs"
TMPDIR="$(mktemp -d)"
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

# fuzz NAME: runs one for its time; its last words if that fails.
fuzz() {
  local name="$1" log="$out/logs/$1.log" file
  mkdir -p "$out/corpus/$name"
  if ! "$out/bin/fuzz/$name" "$out/corpus/$name" "tests/fuzz/corpus/$name" \
    -dict="tests/fuzz/$name.dict" -artifact_prefix="$out/findings/$name-" \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -print_final_stats=1 >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    file="$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)"
    printf 'FAILED: %s found something; see it again with: %s\n' "$name" \
      "$out/bin/fuzz/$name $file" >&2
    return 1
  fi
  say "$name: $(sed -n 's/^Done \(.*\)/\1/p' "$log"), nothing found"
}

say "fuzzing ${#names[@]} parsers, $seconds s each, $at_a_time at a time"
found=0
running=0
for name in "${names[@]}"; do
  if ((running == at_a_time)); then
    wait -n || found=1
    ((running--))
  fi
  fuzz "$name" &
  ((++running))
done
while ((running > 0)); do
  wait -n || found=1
  ((running--)) || true
done
((found == 0)) || fail "see above; the inputs are in $out/findings"
