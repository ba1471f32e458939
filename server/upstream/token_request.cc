#include "server/upstream/token_request.h"

#include "server/upstream/request_draft.h"

namespace bursar {

HttpRequest CodeRequest(const Provider& provider,
                        const DataCenterEndpoints& data_center,
                        const ClientIdentity& client,
                        const CodeExchange& exchange) {
  RequestDraft draft;
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
  RequestDraft draft;
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
  RequestDraft draft;
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

HttpRequest DeviceCodeRequest(const Provider& provider,
                              const DataCenterEndpoints& data_center,
                              const DeviceRule& rule,
                              const ClientIdentity& client,
                              const Scopes& scopes) {
  RequestDraft draft;
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
  RequestDraft draft;
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
