#include "sandbox/decision.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "sandbox/answers.h"
#include "sandbox/url.h"

namespace bursar::sandbox {
namespace {

// The implicit flow answers in the fragment, which no server sees.
std::string Back(const AuthorizationRequest& request,
                 QueryParameters parameters) {
  if (request.state) parameters.emplace_back("state", *request.state);
  if (request.implicit) {
    return absl::StrCat(request.redirect_uri, "#", QueryOf(parameters));
  }
  return WithQuery(request.redirect_uri, parameters);
}

Destination AcceptImplicit(Provider& provider, const Owner& owner,
                           const AuthorizationRequest& request,
                           absl::Time now) {
  const Persona& persona = provider.persona;
  const AccessToken token = provider.tokens.MintAlone(
      persona, owner, request.scopes, provider.issuer, now);
  const int64_t expires_in =
      InUnit(persona.access_token_lifetime, persona.expires_in_unit);
  const std::string location = provider.LocationOf(owner.user);
  return Back(request, {{"access_token", token.value},
                        {"expires_in", absl::StrCat(expires_in)},
                        {"location", location},
                        {"api_domain", provider.urls.at(location)}});
}

Destination AcceptCode(Provider& provider, const Owner& owner,
                       const AuthorizationRequest& request, absl::Time now) {
  const Persona& persona = provider.persona;
  Code code;
  code.owner = owner;
  code.redirect_uri = request.redirect_uri;
  code.state = request.state.value_or("");
  code.scopes = request.scopes;
  code.with_refresh_token = provider.consents.Accept(persona, owner, request);
  code.code_challenge = request.code_challenge;
  code.code_challenge_method = request.code_challenge_method;
  auto made = provider.consents.MakeCode(
      persona, std::move(code), persona.code_lifetime, provider.issuer, now);
  if (std::holds_alternative<Refusal>(made)) {
    ++provider.counts.throttled;
    return FinalPage{"Access denied", persona.throttle_text, 400};
  }
  QueryParameters answer = {{"code", std::get<std::string>(made)}};
  if (persona.location_in_redirect) {
    const std::string location = provider.LocationOf(owner.user);
    answer.emplace_back("location", location);
    answer.emplace_back("accounts-server", provider.urls.at(location));
  }
  return Back(request, std::move(answer));
}

Destination DecideForDevice(Provider& provider, const Owner& owner,
                            const AuthorizationRequest& request, bool accepted,
                            absl::Time now) {
  const std::string& code = request.device_code;
  const bool noted =
      accepted
          ? provider.devices.Accept(
                code, owner.user,
                provider.consents.Accept(provider.persona, owner, request), now)
          : provider.devices.Decline(code, now);
  if (!noted)
    return FinalPage{"Too late", "The device's code has expired.", 400};
  if (!accepted)
    return FinalPage{"Access declined", "The device gets nothing."};
  return FinalPage{"Access granted", "You can go back to the device."};
}

}  // namespace

Destination Decide(Provider& provider, const Parameters& parameters,
                   absl::Time now) {
  const std::string decision = parameters.Get("decision");
  const std::string user = parameters.Get("user");
  const bool accepted = decision == "accept";
  if ((!accepted && decision != "reject") || (accepted && user.empty())) {
    return FinalPage{"Nothing decided", "The form was not filled in.", 400};
  }
  const auto request =
      provider.consents.Take(parameters.Get("form_token"), now);
  if (!request) {
    return FinalPage{
        "This page is over",
        "It was answered before, or too long ago. Begin again at the "
        "application.",
        400};
  }
  const Owner owner{user, request->client_id};
  if (!request->device_code.empty()) {
    return DecideForDevice(provider, owner, *request, accepted, now);
  }
  if (!accepted) return Back(*request, {{"error", "access_denied"}});
  if (provider.persona.organization_selection &&
      request->organization.empty()) {
    return FinalPage{"No organisation chosen", "Choose one first.", 400};
  }
  if (!provider.urls.contains(provider.LocationOf(user))) {
    return FinalPage{"Another data centre",
                     "This user's data is kept where this sandbox does not "
                     "serve: see --data-center.",
                     400};
  }
  return request->implicit ? AcceptImplicit(provider, owner, *request, now)
                           : AcceptCode(provider, owner, *request, now);
}

}  // namespace bursar::sandbox
