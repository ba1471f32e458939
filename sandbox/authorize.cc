// GET /oauth/v2/auth, its consent page, and where the page's answer leads.

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "sandbox/answers.h"
#include "sandbox/authorization_request.h"
#include "sandbox/calls.h"
#include "sandbox/consent_page.h"
#include "sandbox/endpoints.h"
#include "sandbox/pages.h"
#include "sandbox/parameters.h"
#include "sandbox/url.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;

// Where a decision leads: to a page of the sandbox, or back to the client.
struct Page {
  std::string title;
  std::string text;
  int status = 200;
};
using Destination = std::variant<Page, std::string>;

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
  return Back(request, {{"access_token", token.value},
                        {"expires_in", absl::StrCat(expires_in)},
                        {"location", persona.location},
                        {"api_domain", provider.url}});
}

Destination AcceptCode(Provider& provider, const Owner& owner,
                       const AuthorizationRequest& request, absl::Time now) {
  const Persona& persona = provider.persona;
  Code code;
  code.owner = owner;
  code.redirect_uri = request.redirect_uri;
  code.scopes = request.scopes;
  code.with_refresh_token = provider.consents.Accept(owner, request);
  code.code_challenge = request.code_challenge;
  code.code_challenge_method = request.code_challenge_method;
  auto made = provider.consents.MakeCode(
      persona, std::move(code), persona.code_lifetime, provider.issuer, now);
  if (std::holds_alternative<Refusal>(made)) {
    ++provider.counts.throttled;
    return Page{"Access denied", persona.throttle_text, 400};
  }
  return Back(request, {{"code", std::get<std::string>(made)},
                        {"location", persona.location},
                        {"accounts-server", provider.url}});
}

Destination DecideForDevice(Provider& provider, const Owner& owner,
                            const AuthorizationRequest& request, bool accepted,
                            absl::Time now) {
  const std::string& code = request.device_code;
  const bool noted =
      accepted
          ? provider.devices.Accept(
                code, owner.user, provider.consents.Accept(owner, request), now)
          : provider.devices.Decline(code, now);
  if (!noted) return Page{"Too late", "The device's code has expired.", 400};
  if (!accepted) return Page{"Access declined", "The device gets nothing."};
  return Page{"Access granted", "You can go back to the device."};
}

Destination Decide(Provider& provider, const Parameters& parameters,
                   absl::Time now) {
  const std::string decision = parameters.Get("decision");
  const std::string user = parameters.Get("user");
  const bool accepted = decision == "accept";
  if ((!accepted && decision != "reject") || (accepted && user.empty())) {
    return Page{"Nothing decided", "The form was not filled in.", 400};
  }
  const auto request =
      provider.consents.Take(parameters.Get("form_token"), now);
  if (!request) {
    return Page{"This page is over",
                "It was answered before, or too long ago. Begin again at the "
                "application.",
                400};
  }
  const Owner owner{user, request->client_id};
  if (!request->device_code.empty()) {
    return DecideForDevice(provider, owner, *request, accepted, now);
  }
  if (!accepted) return Back(*request, {{"error", "access_denied"}});
  return request->implicit ? AcceptImplicit(provider, owner, *request, now)
                           : AcceptCode(provider, owner, *request, now);
}

void HandleAuthorize(World& world, const httplib::Request& request,
                     httplib::Response& response) {
  const Parameters parameters(request);
  std::optional<Problem> problem;
  const json page = world.With([&](Provider& provider, absl::Time now) -> json {
    auto read = ReadAuthorizationRequest(provider, parameters);
    if (auto* wrong = std::get_if<Problem>(&read)) {
      problem = std::move(*wrong);
      return {};
    }
    auto& authorization = std::get<AuthorizationRequest>(read);
    if (authorization.state) {
      provider.issuer.Remember("state", *authorization.state);
    }
    return ShowConsent(provider, std::move(authorization),
                       parameters.Get("login_hint"), now);
  });
  if (problem) return SendProblem(problem->title, problem->text, response);
  SendPage("consent", page, 200, response);
}

void HandleDecision(World& world, const httplib::Request& request,
                    httplib::Response& response) {
  const Parameters parameters(request);
  const Destination destination =
      world.With([&](Provider& provider, absl::Time now) {
        return Decide(provider, parameters, now);
      });
  if (const auto* uri = std::get_if<std::string>(&destination)) {
    response.set_header("Cache-Control", "no-store");
    response.set_redirect(*uri, 302);
    return;
  }
  const Page& page = std::get<Page>(destination);
  SendPage("message", {{"title", page.title}, {"text", page.text}}, page.status,
           response);
}

}  // namespace

void InstallAuthorize(HttpServer& server, World& world) {
  server.Get("/oauth/v2/auth",
             AsCall(server, world, "authorize",
                    [&world](const auto& request, auto& response) {
                      HandleAuthorize(world, request, response);
                    }));
  server.Post("/oauth/v2/auth/decision",
              AsCall(server, world, "decision",
                     [&world](const auto& request, auto& response) {
                       HandleDecision(world, request, response);
                     }));
}

}  // namespace bursar::sandbox
