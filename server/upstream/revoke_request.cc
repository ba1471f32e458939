#include "server/upstream/revoke_request.h"

#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "server/upstream/form.h"
#include "server/upstream/request_draft.h"
#include "server/upstream/secret_builder.h"

namespace bursar {
namespace {

void AppendJsonString(absl::string_view text, SecretBuilder& out) {
  out.Append("\"");
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || c == '"' || c == '\\') {
      out.Append(absl::StrFormat("\\u%04x", byte));
    } else {
      out.Append(absl::string_view(&c, 1));
    }
  }
  out.Append("\"");
}

Secret JsonObject(absl::string_view name, absl::string_view value) {
  SecretBuilder object;
  object.Append("{");
  AppendJsonString(name, object);
  object.Append(":");
  AppendJsonString(value, object);
  object.Append("}");
  return object.Build();
}

Secret BearerCredentials(absl::string_view token) {
  SecretBuilder value;
  value.Append("Bearer ");
  value.Append(token);
  return value.Build();
}

// `endpoint` with what its braces stand for.
void AppendFilledIn(absl::string_view endpoint, const ClientIdentity& client,
                    const Secret& token, SecretBuilder& out) {
  constexpr absl::string_view kClient = "{client_id}";
  constexpr absl::string_view kToken = "{token}";
  while (!endpoint.empty()) {
    if (absl::ConsumePrefix(&endpoint, kClient)) {
      AppendPercentEncoded(client.client_id, out);
    } else if (absl::ConsumePrefix(&endpoint, kToken)) {
      AppendPercentEncoded(token.Expose(), out);
    } else {
      out.Append(endpoint.substr(0, 1));
      endpoint.remove_prefix(1);
    }
  }
}

void NameToken(const RevocationRule& rule, const Secret& token,
               RequestDraft& draft) {
  switch (rule.token_place) {
    case TokenPlace::kPath:
      return;
    case TokenPlace::kJson:
      draft.json = JsonObject(rule.token_parameter, token.Expose());
      return;
    case TokenPlace::kBearer:
      draft.headers.push_back(
          {"Authorization", BearerCredentials(token.Expose())});
      return;
    case TokenPlace::kBody:
    case TokenPlace::kQuery:
      break;
  }
  Form& form =
      rule.token_place == TokenPlace::kQuery ? draft.query : draft.body;
  form.Add(rule.token_parameter, token.Expose());
  if (!rule.type_parameter.empty()) {
    form.Add(rule.type_parameter,
             rule.by_access_token ? "access_token" : "refresh_token");
  }
}

}  // namespace

HttpRequest RevokeRequest(const Provider& provider,
                          const DataCenterEndpoints& data_center,
                          const RevocationRule& rule,
                          const ClientIdentity& client, const Secret& token) {
  RequestDraft draft;
  NameToken(rule, token, draft);
  const bool in_body = rule.token_place == TokenPlace::kBody;
  Authenticate(
      rule.client_authentication.value_or(provider.client_authentication),
      client, in_body ? ParameterPlace::kBody : ParameterPlace::kQuery, draft);
  SecretBuilder endpoint;
  AppendFilledIn(rule.endpoint, client, token, endpoint);
  HttpRequest request = Finish(data_center, endpoint.text(), draft);
  if (rule.method == RevocationMethod::kDelete) {
    request.method = HttpMethod::kDelete;
  }
  return request;
}

}  // namespace bursar
