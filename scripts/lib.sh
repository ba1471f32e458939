# shellcheck shell=bash
# What the scripts have in common; source it from one whose folder is scripts/
# or .ci/. Leaves the caller in the checkout's root.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

# Paths relative to the checkout, so that compiled objects are shared between
# checkouts and build folders.
CCACHE_BASEDIR="$PWD"
export CCACHE_BASEDIR
export CCACHE_NOHASHDIR=1

# say TEXT...: a line of progress.
say() { printf '== %s\n' "$*" >&2; }

# fail TEXT...: says what is wrong and ends the script.
fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# our_files PATTERN...: the project's files, those not committed yet included.
our_files() { git ls-files --cached --others --exclude-standard -- "$@"; }

# configure PRESET: makes build/PRESET ready for ninja.
configure() {
  local log="build/$1.configure.log"
  mkdir -p build
  cmake --preset "$1" >"$log" 2>&1 || {
    cat "$log" >&2
    fail "cmake --preset $1"
  }
}

# build PRESET [TARGET...]: builds all, or these.
build() {
  local preset="$1"
  shift
  configure "$preset"
  say "building $preset"
  NINJA_STATUS='[%f/%t %es] ' ninja -C "build/$preset" -j "$(nproc)" "$@"
}
