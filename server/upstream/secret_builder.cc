#include "server/upstream/secret_builder.h"

#include <algorithm>
#include <utility>

namespace bursar {

SecretBuilder::~SecretBuilder() { Wipe(text_); }

void SecretBuilder::Append(absl::string_view piece) {
  const std::size_t needed = text_.size() + piece.size();
  if (needed > text_.capacity()) {
    std::string larger;
    larger.reserve(std::max({needed, 2 * text_.capacity(), std::size_t{256}}));
    larger.append(text_);
    text_.swap(larger);
    Wipe(larger);
  }
  text_.append(piece.data(), piece.size());
}

Secret SecretBuilder::Build() { return Secret::Take(std::move(text_)); }

}  // namespace bursar
