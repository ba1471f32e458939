#!/usr/bin/env bash
# Checks what tools can: format, layering, machine paths, scripts, that each file
# includes what it needs, and with clang-tidy what the compiler does not see.
# Changes nothing.
#
#   scripts/check.sh [format|rooms|paths|scripts|docs|alone|tidy]...  all if none
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

check_format() {
  say "format: clang-format leaves every file as it is"
  our_files '*.cc' '*.h' | xargs -r clang-format --dry-run -Werror ||
    fail "run clang-format -i on the files above"
}

check_rooms() {
  say "rooms: includes keep to the floors, and each library to its room"
  our_files '*.cc' '*.h' | python3 scripts/check_rooms.py ||
    fail "see above; the rules and their reasons are in scripts/check_rooms.py"
}

check_paths() {
  say "paths: no file names a path of one machine"
  if our_files . | xargs -r grep -nIE '(^|[^[:alnum:]_.~-])/(work|root|home)/' >&2; then
    fail "the lines above hold only on one machine; use paths relative to the checkout"
  fi
}

check_scripts() {
  say "scripts: shellcheck finds nothing"
  our_files '*.sh' .ci/run | xargs -r shellcheck -x ||
    fail "mend what shellcheck says above"
}

check_docs() {
  say "docs: what is made from the sources is up to date"
  python3 scripts/provider_lines.py --check || fail "see above"
  say "docs: the tests that the threat model names are there"
  python3 scripts/named_tests.py docs/threat-model.md || fail "see above"
}

check_alone() {
  # The builds combine files, where one may live on what another includes.
  say "alone: each file compiles by itself"
  build alone bursar_proto bursar_grpc_proto bursar_bench_proto
  our_files '*.cc' | python3 scripts/compile_alone.py build/alone ||
    fail "include what the files above lack"
}

check_tidy() {
  # The rooms below the RPC edge, where the decisions are: gRPC's headers alone
  # take clang-tidy longer than one of these files.
  say "tidy: clang-tidy finds nothing in the rooms below rpc/"
  build alone bursar_proto
  our_files 'server/*.cc' | grep -vE '^server/(rpc|main)/' |
    python3 scripts/tidy.py build/alone || fail "mend what clang-tidy says above"
}

checks=("$@")
[[ ${#checks[@]} -gt 0 ]] || checks=(format rooms paths scripts docs alone tidy)
for check in "${checks[@]}"; do
  case "$check" in
    format | rooms | paths | scripts | docs | alone | tidy) "check_$check" ;;
    *) fail "no such check: $check" ;;
  esac
done
say "checks passed: ${checks[*]}"
