#include "server/upstream/error_rules.h"

#include <array>

#include "absl/strings/string_view.h"

namespace bursar {
namespace {

struct StandardRule {
  absl::string_view name;
  ErrorClass error_class;
  absl::string_view detail;
};

// RFC 6749 section 5.2; the two transient names are section 4.1.2.1's, which
// many token endpoints use as well; unsupported_token_type is RFC 7009's.
constexpr std::array kStandardRules = {
    StandardRule{"invalid_grant", ErrorClass::kDead, ""},
    StandardRule{"invalid_client", ErrorClass::kMisconfigured, "CLIENT"},
    StandardRule{"unauthorized_client", ErrorClass::kMisconfigured, "CLIENT"},
    StandardRule{"unsupported_grant_type", ErrorClass::kMisconfigured,
                 "REQUEST"},
    StandardRule{"unsupported_token_type", ErrorClass::kMisconfigured,
                 "REQUEST"},
    StandardRule{"invalid_request", ErrorClass::kMisconfigured, "REQUEST"},
    StandardRule{"invalid_scope", ErrorClass::kMisconfigured, "SCOPE"},
    StandardRule{"temporarily_unavailable", ErrorClass::kTransient, ""},
    StandardRule{"server_error", ErrorClass::kTransient, ""},
};

}  // namespace

std::optional<ErrorRule> FindErrorRule(const Provider& provider,
                                       const std::string& name) {
  const auto own = provider.errors.find(name);
  if (own != provider.errors.end()) return own->second;
  for (const StandardRule& rule : kStandardRules) {
    if (rule.name == name) {
      return ErrorRule{rule.error_class, std::string(rule.detail)};
    }
  }
  return std::nullopt;
}

}  // namespace bursar
