// Makes a Secret piece by piece without leaving its pieces behind: a buffer
// that is outgrown is wiped, which std::string's own growth does not do. Not
// thread-safe.

#ifndef BURSAR_SERVER_UPSTREAM_SECRET_BUILDER_H_
#define BURSAR_SERVER_UPSTREAM_SECRET_BUILDER_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "server/base/secret.h"

namespace bursar {

class SecretBuilder {
 public:
  SecretBuilder() = default;
  SecretBuilder(const SecretBuilder&) = delete;
  SecretBuilder& operator=(const SecretBuilder&) = delete;
  ~SecretBuilder();

  void Append(absl::string_view piece);

  std::size_t size() const { return text_.size(); }
  absl::string_view text() const { return text_; }

  /// What was appended; the builder is empty afterwards.
  Secret Build();

 private:
  std::string text_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_SECRET_BUILDER_H_
