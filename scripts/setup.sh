#!/usr/bin/env bash
# Installs what is needed on Debian 12, as root or with sudo: nothing to see and
# nothing done if all is there.
#
#   scripts/setup.sh build   what it takes to build and run
#   scripts/setup.sh test    that, and what the tests and checks take
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
  printf 'setup.sh: %s\n' "$*" >&2
  exit 1
}

readonly build_packages=(
  ca-certificates ccache cmake curl g++ git grpc-proto libabsl-dev
  libbenchmark-dev libcli11-dev libcpp-httplib-dev libcurl4-openssl-dev
  libfmt-dev libgmock-dev libgrpc++-dev libgtest-dev libp11-kit-dev
  libprotobuf-dev libsodium-dev libspdlog-dev libsqlite3-dev libssl-dev
  libyaml-cpp-dev lld ninja-build nlohmann-json3-dev openssl pkg-config
  prometheus-cpp-dev protobuf-compiler protobuf-compiler-grpc python3
)
test_packages=(
  chromium chromium-driver clang clang-format clang-tidy libclang-rt-14-dev
  opensc shellcheck softhsm2
)

# Whoever has Node.js from elsewhere has npm with it, and in no package.
command -v npm >/dev/null || test_packages+=(nodejs npm)

case "${1:-}" in
  build) packages=("${build_packages[@]}") ;;
  test) packages=("${build_packages[@]}" "${test_packages[@]}") ;;
  *) fail "say build or test" ;;
esac

log="$(mktemp)"
trap 'rm -f "$log"' EXIT

# quietly PROGRAM...: runs it, and shows its last lines only if it fails.
quietly() {
  "$@" >"$log" 2>&1 || {
    tail -n 30 "$log" >&2
    return 1
  }
}

install() {
  local as_root=()
  if [[ "$(id -u)" -ne 0 ]]; then
    command -v sudo >/dev/null || fail "run as root, or install sudo first: packages are missing: $*"
    as_root=(sudo)
  fi
  printf '== installing %s\n' "$*" >&2
  if ! quietly "${as_root[@]}" apt-get update -q ||
    ! quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -q --no-install-recommends "$@"; then
    fail "apt-get could not install the packages; its last lines are above"
  fi
}

missing=()
for package in "${packages[@]}"; do
  status="$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)"
  [[ "$status" == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -eq 0 ]] || install "${missing[@]}"

# What is not Debian's: the authorization server of tests/interop, exactly as its
# lock file says.
install_interop() {
  local room=tests/interop
  local installed="$room/node_modules/installed-lock.json"
  cmp -s "$room/package-lock.json" "$installed" && return
  printf '== installing what %s/package-lock.json names\n' "$room" >&2
  quietly npm ci --prefix "$room" ||
    fail "npm could not install what tests/interop takes; its last lines are above"
  cp "$room/package-lock.json" "$installed"
}

[[ "$1" != test ]] || install_interop
