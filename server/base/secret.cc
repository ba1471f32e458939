#include "server/base/secret.h"

#include <cstring>
#include <utility>

namespace bursar {

void Wipe(std::string& value) {
  // A string keeps its old bytes up to its capacity.
  value.resize(value.capacity());
  explicit_bzero(value.data(), value.size());
  value.clear();
}

Secret Secret::Take(std::string&& value) {
  Secret secret = Copy(value);
  Wipe(value);
  return secret;
}

Secret Secret::Copy(absl::string_view value) {
  Secret secret;
  if (value.empty()) return secret;
  secret.bytes_ = std::make_unique<char[]>(value.size());
  secret.size_ = value.size();
  std::memcpy(secret.bytes_.get(), value.data(), value.size());
  return secret;
}

Secret::Secret(Secret&& other) noexcept
    : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  if (bytes_) explicit_bzero(bytes_.get(), size_);
  bytes_ = std::move(other.bytes_);
  size_ = std::exchange(other.size_, 0);
  return *this;
}

Secret::~Secret() {
  if (bytes_) explicit_bzero(bytes_.get(), size_);
}

bool operator==(const Secret& a, const Secret& b) {
  if (a.size_ != b.size_) return false;
  unsigned char difference = 0;
  for (std::size_t i = 0; i < a.size_; ++i) {
    difference |= static_cast<unsigned char>(a.bytes_[i] ^ b.bytes_[i]);
  }
  return difference == 0;
}

}  // namespace bursar
