#include "server/upstream/answer_body.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "server/upstream/error_rules.h"

namespace bursar {
namespace {

using nlohmann::json;

// Token answers are flat; some carry a user or team beside the token.
constexpr int kDeepest = 16;

}  // namespace

std::optional<json> ParseObject(absl::string_view body) {
  bool too_deep = false;
  const auto bound = [&too_deep](int depth, json::parse_event_t, json&) {
    too_deep = too_deep || depth > kDeepest;
    return !too_deep;
  };
  json parsed = json::parse(body.begin(), body.end(), bound,
                            /*allow_exceptions=*/false);
  if (too_deep || !parsed.is_object()) return std::nullopt;
  return parsed;
}

std::optional<std::string> TextMember(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  std::string text = found->get<std::string>();
  if (text.empty()) return std::nullopt;
  return text;
}

std::optional<Secret> TakeSecret(json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  Secret secret = Secret::Take(std::move(found->get_ref<std::string&>()));
  if (secret.empty()) return std::nullopt;
  return secret;
}

bool HasThrottleMarker(const json& object, const Provider& provider) {
  return !provider.throttle_field.empty() &&
         TextMember(object, provider.throttle_field.c_str()) ==
             provider.throttle_value;
}

std::optional<std::string> ErrorName(const json& object,
                                     const Provider& provider) {
  for (const std::string& field : provider.error_fields) {
    std::optional<std::string> name = TextMember(object, field.c_str());
    if (name && FindErrorRule(provider, *name)) return name;
  }
  const auto error = object.find("error");
  if (error == object.end() || error->is_null() || *error == "") {
    return std::nullopt;
  }
  return error->is_string() ? error->get<std::string>() : "";
}

}  // namespace bursar
