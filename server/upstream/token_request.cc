#include "server/upstream/token_request.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "server/upstream/form.h"

namespace bursar {
namespace {

// A request in the making: its parameters may go to two places.
struct Draft {
  Form query;
  Form body;
  std::vector<HttpHeader> headers;

  Form& At(ParameterPlace place) {
    return place == ParameterPlace::kQuery ? query : body;
  }
};

// RFC 6749 section 2.3.1: identifier and secret are form-encoded first, so that
// a colon in one of them is not taken for the one between them.
Secret BasicCredentials(absl::string_view id, absl::string_view secret) {
  SecretBuilder pair;
  AppendPercentEncoded(id, pair);
  pair.Append(":");
  AppendPercentEncoded(secret, pair);
  std::string encoded = absl::Base64Escape(pair.text());
  SecretBuilder value;
  value.Append("Basic ");
  value.Append(encoded);
  Wipe(encoded);
  return value.Build();
}

// A client without a secret only says who it is, among the other parameters
// (RFC 6749 section 3.2.1).
void Authenticate(ClientAuthentication means, const ClientIdentity& client,
                  ParameterPlace parameters, Draft& draft) {
  if (means == ClientAuthentication::kNone) return;
  if (!client.client_secret) {
    draft.At(parameters).Add("client_id", client.client_id);
    return;
  }
  const absl::string_view secret = client.client_secret->Expose();
  if (means == ClientAuthentication::kBasic) {
    draft.headers.push_back(
        {"Authorization", BasicCredentials(client.client_id, secret)});
    return;
  }
  Form& form =
      draft.At(means == ClientAuthentication::kQuery ? ParameterPlace::kQuery
                                                     : ParameterPlace::kBody);
  form.Add("client_id", client.client_id);
  form.Add("client_secret", secret);
}

HttpRequest Finish(const DataCenterEndpoints& data_center,
                   const Endpoint& endpoint, Draft& draft) {
  HttpRequest request;
  request.method = HttpMethod::kPost;
  request.url = EndpointUrl(data_center.accounts_server, endpoint, draft.query);
  request.headers = std::move(draft.headers);
  request.headers.push_back(
      {"Content-Type", Secret::Copy("application/x-www-form-urlencoded")});
  // Some providers answer in another format unless asked for this one.
  request.headers.push_back({"Accept", Secret::Copy("application/json")});
  request.body = draft.body.Build();
  return request;
}

}  // namespace

HttpRequest CodeRequest(const Provider& provider,
                        const DataCenterEndpoints& data_center,
                        const ClientIdentity& client,
                        const CodeExchange& exchange) {
  Draft draft;
  Form& form = draft.At(provider.token_parameters);
  form.Add("grant_type", "authorization_code");
  form.Add("code", exchange.code.Expose());
  if (!client.redirect_uri.empty()) {
    form.Add("redirect_uri", client.redirect_uri);
  }
  if (!exchange.verifier.empty()) {
    form.Add("code_verifier", exchange.verifier.Expose());
  }
  if (provider.scope_on_exchange && !exchange.scopes.empty()) {
    form.Add("scope", exchange.scopes.Join(provider.scopes.separator));
  }
  if (provider.state_on_exchange) {
    form.Add("state", exchange.state.Expose());
  }
  Authenticate(provider.client_authentication, client,
               provider.token_parameters, draft);
  return Finish(data_center, provider.token_endpoint, draft);
}

HttpRequest RefreshRequest(const Provider& provider,
                           const DataCenterEndpoints& data_center,
                           const ClientIdentity& client,
                           const Secret& refresh_token, const Scopes& scopes) {
  Draft draft;
  Form& form = draft.At(provider.token_parameters);
  form.Add("grant_type", "refresh_token");
  form.Add("refresh_token", refresh_token.Expose());
  if (provider.redirect_uri_on_refresh) {
    form.Add("redirect_uri", client.redirect_uri);
  }
  if ((provider.scope_on_refresh || provider.narrows) && !scopes.empty()) {
    form.Add("scope", scopes.Join(provider.scopes.separator));
  }
  Authenticate(provider.client_authentication, client,
               provider.token_parameters, draft);
  return Finish(data_center, provider.token_endpoint, draft);
}

HttpRequest ClientCredentialsRequest(const Provider& provider,
                                     const DataCenterEndpoints& data_center,
                                     const ClientCredentialsRule& rule,
                                     const ClientIdentity& client,
                                     const Scopes& scopes,
                                     const std::string& organization) {
  Draft draft;
  Form& form = draft.At(provider.token_parameters);
  form.Add("grant_type", "client_credentials");
  if (!scopes.empty()) {
    form.Add("scope", scopes.Join(provider.scopes.separator));
  }
  if (!organization.empty()) {
    form.Add(rule.organization_parameter, organization);
  }
  Authenticate(provider.client_authentication, client,
               provider.token_parameters, draft);
  return Finish(data_center, provider.token_endpoint, draft);
}

HttpRequest RevokeRequest(const Provider& provider,
                          const DataCenterEndpoints& data_center,
                          const RevocationRule& rule,
                          const ClientIdentity& client,
                          const Secret& refresh_token) {
  Draft draft;
  Form& form = draft.At(rule.parameters);
  form.Add("token", refresh_token.Expose());
  if (!rule.type_parameter.empty()) {
    form.Add(rule.type_parameter, "refresh_token");
  }
  Authenticate(
      rule.client_authentication.value_or(provider.client_authentication),
      client, rule.parameters, draft);
  return Finish(data_center, rule.endpoint, draft);
}

HttpRequest DeviceCodeRequest(const Provider& provider,
                              const DataCenterEndpoints& data_center,
                              const DeviceRule& rule,
                              const ClientIdentity& client,
                              const Scopes& scopes) {
  Draft draft;
  Form& form = draft.At(provider.token_parameters);
  for (const auto& [name, value] : rule.parameters) form.Add(name, value);
  if (!scopes.empty()) {
    form.Add("scope", scopes.Join(provider.scopes.separator));
  }
  if (rule.authenticates) {
    Authenticate(provider.client_authentication, client,
                 provider.token_parameters, draft);
  } else {
    form.Add("client_id", client.client_id);
  }
  return Finish(data_center, rule.endpoint, draft);
}

HttpRequest DevicePollRequest(const Provider& provider,
                              const DataCenterEndpoints& data_center,
                              const DeviceRule& rule,
                              const ClientIdentity& client,
                              const Secret& device_code) {
  Draft draft;
  Form& form = draft.At(provider.token_parameters);
  form.Add("grant_type", rule.grant_type);
  form.Add(rule.code_parameter, device_code.Expose());
  Authenticate(provider.client_authentication, client,
               provider.token_parameters, draft);
  return Finish(data_center,
                rule.token_endpoint.empty() ? provider.token_endpoint
                                            : rule.token_endpoint,
                draft);
}

}  // namespace bursar
