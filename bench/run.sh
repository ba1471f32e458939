#!/usr/bin/env bash
# Builds what is shipped and measures it: all benchmarks, or the one named.
# Prints a line a figure: NAME key=value …; on standard error, where it is.
#
#   bench/run.sh                   all of them
#   bench/run.sh cached_get_token  one
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

names=(cached_get_token cached_get_token_mtls expired_grants watch_revocations)
if [[ $# -gt 0 ]]; then
  case " ${names[*]} " in
    *" $1 "*) names=("$1") ;;
    *) fail "no benchmark $1; there are: ${names[*]}" ;;
  esac
fi

scripts/setup.sh build
build release bench_echo_server "${names[@]/#/bench_}"

# The first core that this script may use.
first_core() {
  taskset --cpu-list --pid $$ | sed -E 's/.*: ([0-9]+).*/\1/'
}

bin=build/release/bin
for name in "${names[@]}"; do
  case "$name" in
    cached_get_token*)
      # On one core everything waits for everything: what is left is work.
      say "measuring $name on one core (minutes)"
      taskset --cpu-list "$(first_core)" \
        "$bin/bench_$name" "$bin/bench_echo_server"
      say "measuring $name on all cores (minutes)"
      "$bin/bench_$name" "$bin/bench_echo_server"
      ;;
    *)
      say "measuring $name"
      "$bin/bench_$name"
      ;;
  esac
done
