// What is bound to a statement's parameters. Plain data, no locking.

#ifndef BURSAR_SERVER_LEDGER_VALUE_H_
#define BURSAR_SERVER_LEDGER_VALUE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/core/types.h"

namespace bursar {

/// Bytes that are no text.
struct Blob {
  std::string bytes;
};

/// NULL, an INTEGER, a TEXT or a BLOB. Converts from what the ledger stores;
/// a time is stored as microseconds since 1970 in UTC, scopes joined by blanks.
/// There is no conversion from a Secret: it must be sealed first.
class Value {
 public:
  using Variant = std::variant<std::monostate, int64_t, std::string, Blob>;

  Value(std::nullopt_t) {}
  Value(int number) : variant_(int64_t{number}) {}
  Value(int64_t number) : variant_(number) {}
  Value(absl::Time time) : variant_(int64_t{absl::ToUnixMicros(time)}) {}
  Value(absl::string_view text) : variant_(std::string(text)) {}
  Value(const std::string& text) : variant_(text) {}
  Value(const char* text) : variant_(std::string(text)) {}
  Value(Blob blob) : variant_(std::move(blob)) {}
  Value(const Scopes& scopes) : variant_(scopes.Join(" ")) {}
  template <typename Tag>
  Value(const Id<Tag>& id) : variant_(id.value()) {}
  template <typename T>
  Value(const std::optional<T>& value) {
    if (value) *this = Value(*value);
  }

  const Variant& variant() const { return variant_; }

 private:
  Variant variant_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_VALUE_H_
