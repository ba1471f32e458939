// What an error name in a provider's answer means. Pure.

#ifndef BURSAR_SERVER_UPSTREAM_ERROR_RULES_H_
#define BURSAR_SERVER_UPSTREAM_ERROR_RULES_H_

#include <optional>
#include <string>

#include "server/core/provider.h"

namespace bursar {

/// The provider's own rule for `name`, or RFC 6749 section 5.2's, or none.
std::optional<ErrorRule> FindErrorRule(const Provider& provider,
                                       const std::string& name);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_ERROR_RULES_H_
