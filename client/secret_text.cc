#include "client/secret_text.h"

#include <cstring>

namespace bursar::client {

void Wipe(std::string& value) {
  // A string keeps its old bytes up to its capacity.
  value.resize(value.capacity());
  explicit_bzero(value.data(), value.size());
  value.clear();
}

SecretText::SecretText(std::string&& value)
    : size_(value.size()), bytes_(std::make_unique<char[]>(value.size())) {
  std::memcpy(bytes_.get(), value.data(), size_);
  Wipe(value);
}

SecretText::~SecretText() { explicit_bzero(bytes_.get(), size_); }

}  // namespace bursar::client
