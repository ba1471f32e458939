#include "server/config/revocation_rule.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "server/config/choice.h"
#include "server/config/endpoints.h"

namespace bursar {
namespace {

std::string TypeParameterOr(const YamlMap& keys, std::string otherwise) {
  const std::optional<YamlReader> value = keys.Find("type_parameter");
  if (!value) return otherwise;
  if (value->IsNull()) return "";
  return value->Text().value_or("");
}

TokenPlace TokenPlaceOr(const YamlMap& keys, TokenPlace otherwise) {
  return ChoiceOr<TokenPlace>(keys, "parameters", otherwise,
                              {{"body", TokenPlace::kBody},
                               {"query", TokenPlace::kQuery},
                               {"json", TokenPlace::kJson},
                               {"path", TokenPlace::kPath},
                               {"bearer", TokenPlace::kBearer}});
}

}  // namespace

std::optional<RevocationRule> ApplyRevocation(
    std::optional<RevocationRule> rule, const YamlMap& keys) {
  const std::optional<YamlReader> value = keys.Find("revocation");
  if (!value) return rule;
  if (value->IsNull()) return std::nullopt;
  const YamlMap entries = value->Map();
  RevocationRule changed = rule.value_or(RevocationRule());
  changed.endpoint = EndpointOr(entries, "endpoint", changed.endpoint);
  changed.method =
      ChoiceOr<RevocationMethod>(entries, "method", changed.method,
                                 {{"POST", RevocationMethod::kPost},
                                  {"DELETE", RevocationMethod::kDelete}});
  changed.token_place = TokenPlaceOr(entries, changed.token_place);
  changed.token_parameter =
      entries.TextOr("token_parameter", changed.token_parameter);
  changed.by_access_token =
      ChoiceOr<bool>(entries, "token", changed.by_access_token,
                     {{"refresh_token", false}, {"access_token", true}});
  changed.client_authentication = ChoiceOr<std::optional<ClientAuthentication>>(
      entries, "client_authentication", changed.client_authentication,
      {{"body", ClientAuthentication::kBody},
       {"query", ClientAuthentication::kQuery},
       {"basic", ClientAuthentication::kBasic},
       {"none", ClientAuthentication::kNone}});
  changed.type_parameter = TypeParameterOr(entries, changed.type_parameter);
  return changed;
}

void CheckRevocation(const Provider& provider, const YamlMap& keys) {
  if (!provider.revocation) return;
  const RevocationRule& rule = *provider.revocation;
  const ClientAuthentication means =
      rule.client_authentication.value_or(provider.client_authentication);
  if (rule.endpoint.empty()) {
    keys.Fail(
        "lacks revocation.endpoint, which neither the descriptor nor this "
        "entry gives");
  }
  if ((rule.token_place == TokenPlace::kPath) !=
      absl::StrContains(rule.endpoint, "{token}")) {
    keys.Fail(
        "must have {token} in revocation.endpoint where the token goes to the "
        "path, and only there");
  }
  if (rule.token_place == TokenPlace::kJson &&
      means == ClientAuthentication::kBody) {
    keys.Fail(
        "must have another revocation.client_authentication than body: the "
        "body is JSON");
  }
  if (rule.token_place == TokenPlace::kBearer &&
      means == ClientAuthentication::kBasic) {
    keys.Fail(
        "must have another revocation.client_authentication than basic: the "
        "token takes its header");
  }
}

}  // namespace bursar
