// Putting URLs together. Pure.

#ifndef BURSAR_SANDBOX_URL_H_
#define BURSAR_SANDBOX_URL_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace bursar::sandbox {

using QueryParameters = std::vector<std::pair<std::string, std::string>>;

/// name=value&…, percent-encoded.
std::string QueryOf(const QueryParameters& parameters);

/// `uri` with more parameters in its query, where it may have some already.
std::string WithQuery(absl::string_view uri, const QueryParameters& parameters);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_URL_H_
