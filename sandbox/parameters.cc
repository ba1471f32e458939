#include "sandbox/parameters.h"

#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace bursar::sandbox {
namespace {

constexpr absl::string_view kBasic = "Basic ";

// The texts in a JSON object.
void AddMembers(const httplib::Request& request, httplib::Params& params) {
  const auto body = nlohmann::json::parse(request.body, nullptr, false);
  if (!body.is_object()) return;
  for (const auto& [name, value] : body.items()) {
    if (value.is_string()) params.emplace(name, value.get<std::string>());
  }
}

bool HasType(const httplib::Request& request, absl::string_view type) {
  return absl::StartsWith(request.get_header_value("Content-Type"), type);
}

// The library puts those of the query and those of a form together.
httplib::Params ParamsIn(const httplib::Request& request,
                         ParameterPlace place) {
  httplib::Params params;
  const auto question = request.target.find('?');
  if (place == ParameterPlace::kAnywhere) {
    params = request.params;
  } else if (place == ParameterPlace::kQuery) {
    if (question != std::string::npos) {
      httplib::detail::parse_query_text(request.target.substr(question + 1),
                                        params);
    }
    return params;
  } else if (HasType(request, "application/x-www-form-urlencoded")) {
    httplib::detail::parse_query_text(request.body, params);
  }
  if (HasType(request, "application/json")) AddMembers(request, params);
  return params;
}

}  // namespace

Parameters::Parameters(const httplib::Request& request, ParameterPlace place)
    : request_(request),
      params_(ParamsIn(request, place)),
      multipart_(place != ParameterPlace::kQuery) {}

std::optional<std::string> Parameters::Find(absl::string_view name) const {
  const std::string key(name);
  if (const auto found = params_.find(key); found != params_.end()) {
    return found->second;
  }
  if (multipart_ && request_.has_file(key))
    return request_.get_file_value(key).content;
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
