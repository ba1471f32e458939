// Scopes (RFC 6749 section 3.3) and what it means for some to cover others.
// Pure; no locking.

#ifndef BURSAR_SERVER_CORE_SCOPE_H_
#define BURSAR_SERVER_CORE_SCOPE_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace bursar {

/// A set of scopes: sorted, without repetitions.
class Scopes {
 public:
  Scopes() = default;
  explicit Scopes(std::vector<std::string> names);

  /// Splits `text` at commas and blanks, whichever the provider used: both
  /// occur in one provider's answers, and neither occurs inside a scope.
  static Scopes Parse(absl::string_view text);

  /// Joins with `separator`.
  std::string Join(absl::string_view separator) const;

  const std::vector<std::string>& names() const { return names_; }
  bool empty() const { return names_.empty(); }

  friend bool operator==(const Scopes& a, const Scopes& b) = default;

 private:
  std::vector<std::string> names_;
};

/// A provider's way to write scopes; part of its descriptor.
struct ScopeGrammar {
  /// Joins several in a request: "," or " ".
  std::string separator = " ";
  /// Whether a consent may name none: the provider has permissions of another
  /// kind.
  bool optional = false;
  /// Whether the part after the last dot is an operation, compared without
  /// regard to case.
  bool ends_with_operation = false;
  /// Which operations an operation implies on the same resource; upper case.
  absl::flat_hash_map<std::string, std::vector<std::string>> implied;
};

/// Whether whoever holds `held` may do all that `wanted` names.
bool Covers(const Scopes& held, const Scopes& wanted,
            const ScopeGrammar& grammar);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_SCOPE_H_
