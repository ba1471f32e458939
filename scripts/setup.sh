#!/usr/bin/env bash
# Installs what is needed on Debian 12, as root or with sudo: nothing to see and
# nothing done if all is there.
#
#   scripts/setup.sh build   what it takes to build and run
#   scripts/setup.sh test    that, and what the tests and checks take
set -euo pipefail

fail() {
  printf 'setup.sh: %s\n' "$*" >&2
  exit 1
}

readonly build_packages=(
  ca-certificates ccache cmake curl g++ git grpc-proto libabsl-dev
  libbenchmark-dev libcli11-dev libcpp-httplib-dev libcurl4-openssl-dev
  libfmt-dev libgmock-dev libgrpc++-dev libgtest-dev libprotobuf-dev
  libsodium-dev libspdlog-dev libsqlite3-dev libssl-dev libyaml-cpp-dev lld
  ninja-build nlohmann-json3-dev openssl pkg-config protobuf-compiler
  protobuf-compiler-grpc python3
)
readonly test_packages=(
  chromium chromium-driver clang-format clang-tidy shellcheck
)

case "${1:-}" in
  build) packages=("${build_packages[@]}") ;;
  test) packages=("${build_packages[@]}" "${test_packages[@]}") ;;
  *) fail "say build or test" ;;
esac

missing=()
for package in "${packages[@]}"; do
  status="$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)"
  [[ "$status" == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

as_root=()
if [[ "$(id -u)" -ne 0 ]]; then
  command -v sudo >/dev/null || fail "run as root, or install sudo first: packages are missing: ${missing[*]}"
  as_root=(sudo)
fi

printf '== installing %s\n' "${missing[*]}" >&2
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
install() {
  "${as_root[@]}" apt-get update -q &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
      --no-install-recommends "${missing[@]}"
}
install >"$log" 2>&1 || {
  tail -n 30 "$log" >&2
  fail "apt-get could not install the packages; its last lines are above"
}
