#include "sandbox/parameters.h"

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace bursar::sandbox {
namespace {

constexpr absl::string_view kBasic = "Basic ";

}  // namespace

std::optional<std::string> Parameters::Find(absl::string_view name) const {
  const std::string key(name);
  if (request_.has_param(key)) return request_.get_param_value(key);
  if (request_.has_file(key)) return request_.get_file_value(key).content;
  return std::nullopt;
}

std::string Parameters::Get(absl::string_view name) const {
  return Find(name).value_or("");
}

bool Parameters::HasBasic() const {
  return absl::StartsWithIgnoreCase(request_.get_header_value("Authorization"),
                                    kBasic);
}

Credentials Parameters::credentials() const {
  if (HasBasic()) {
    const std::string header = request_.get_header_value("Authorization");
    std::string decoded;
    absl::Base64Unescape(header.substr(kBasic.size()), &decoded);
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(decoded, absl::MaxSplits(':', 1));
    return {parts.first, parts.second};
  }
  return {Get("client_id"), Get("client_secret")};
}

}  // namespace bursar::sandbox
