#include "sandbox/authorization_request.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sandbox/pkce.h"

namespace bursar::sandbox {
namespace {

using std::nullopt;

std::optional<Problem> CheckResponseType(const Client& client,
                                         const std::string& response_type) {
  switch (client.registration.type) {
    case ClientType::kServerBased:
    case ClientType::kMobileBased:
      if (response_type == "code") return nullopt;
      break;
    case ClientType::kClientBased:
      if (response_type == "token") return nullopt;
      break;
    case ClientType::kNonBrowser:
    case ClientType::kSelfClient:
      return Problem{"Invalid client",
                     "Clients of this type are not authorized in a browser."};
  }
  return Problem{"Invalid response type",
                 "The response_type is missing or not one for this client."};
}

std::optional<Problem> CheckAccessType(const Persona& persona,
                                       const std::string& access_type) {
  if (access_type == "online" || access_type == "offline") return nullopt;
  if (access_type.empty() &&
      persona.access_type != AccessTypeRule::kMandatory) {
    return nullopt;
  }
  if (persona.access_type == AccessTypeRule::kAlways) return nullopt;
  return Problem{"Invalid access type",
                 "The access_type must be online or offline."};
}

std::optional<Problem> CheckChallenge(const Persona& persona,
                                      const Client& client,
                                      const std::string& challenge,
                                      const std::string& method) {
  const bool mobile = client.registration.type == ClientType::kMobileBased;
  if (challenge.empty() && mobile && persona.mobile_needs_pkce) {
    return Problem{"Invalid code challenge",
                   "A mobile client must send a code_challenge."};
  }
  if (!challenge.empty() && !IsChallengeMethod(method)) {
    return Problem{"Invalid code challenge",
                   "The code_challenge_method must be S256 or plain."};
  }
  return nullopt;
}

std::optional<Problem> Check(const Persona& persona, const Client& client,
                             const Parameters& parameters,
                             const std::string& challenge_method) {
  if (!client.Redirects(parameters.Get("redirect_uri"))) {
    return Problem{"Invalid redirect URI",
                   "The redirect_uri is not one that is registered."};
  }
  if (auto problem =
          CheckResponseType(client, parameters.Get("response_type"))) {
    return problem;
  }
  // It is about refresh tokens, which the implicit flow has none of.
  if (parameters.Get("response_type") == "code") {
    if (auto wrong = CheckAccessType(persona, parameters.Get("access_type"))) {
      return wrong;
    }
  }
  if (persona.state_mandatory && parameters.Get("state").empty()) {
    return Problem{"Missing state", "The state must be sent."};
  }
  return CheckChallenge(persona, client, parameters.Get("code_challenge"),
                        challenge_method);
}

bool IsOffline(const Persona& persona, const Scopes& scopes,
               const std::string& access_type) {
  if (persona.access_type == AccessTypeRule::kAlways) return true;
  if (!persona.offline_scope.empty()) {
    return Allows(scopes, persona.offline_scope);
  }
  if (access_type.empty()) {
    return persona.access_type == AccessTypeRule::kOffline;
  }
  return access_type == "offline";
}

}  // namespace

std::variant<Scopes, Problem> ReadScopes(const Persona& persona,
                                         const std::string& text) {
  Scopes scopes = ParseScopes(text);
  if (scopes.empty() && persona.scope_mandatory) {
    return Problem{"Invalid OAuth scope", "The scope is missing."};
  }
  for (const std::string& scope : scopes) {
    if (!IsKnown(persona.scopes, scope)) {
      return Problem{"Invalid OAuth scope",
                     absl::StrCat("Scope does not exist: ", scope)};
    }
  }
  return scopes;
}

std::variant<AuthorizationRequest, Problem> ReadAuthorizationRequest(
    const Provider& provider, const Parameters& parameters) {
  const Persona& persona = provider.persona;
  const Client* client = provider.clients.Find(parameters.Get("client_id"));
  if (client == nullptr || !client->IsKnownAt(provider.here)) {
    return Problem{"Invalid client",
                   "The client_id is missing or not one that is registered."};
  }
  // RFC 7636 section 4.3: plain unless said otherwise.
  const std::string method =
      parameters.Find("code_challenge_method").value_or("plain");
  if (auto problem = Check(persona, *client, parameters, method)) {
    return *problem;
  }
  auto scopes = ReadScopes(persona, parameters.Get("scope"));
  if (auto* problem = std::get_if<Problem>(&scopes)) return *problem;

  AuthorizationRequest request;
  request.client_id = client->id;
  request.redirect_uri = parameters.Get("redirect_uri");
  request.state = parameters.Find("state");
  request.scopes = std::get<Scopes>(std::move(scopes));
  request.login_hint = parameters.Get("login_hint");
  request.implicit = parameters.Get("response_type") == "token";
  request.offline =
      !request.implicit &&
      IsOffline(persona, request.scopes, parameters.Get("access_type"));
  request.prompt_consent = parameters.Get("prompt") == "consent";
  request.code_challenge = parameters.Get("code_challenge");
  request.code_challenge_method = method;
  return request;
}

}  // namespace bursar::sandbox
