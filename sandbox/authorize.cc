// The authorization endpoint, its pages, and where their answers lead.

#include <string>
#include <utility>
#include <variant>

#include "absl/strings/string_view.h"
#include "sandbox/authorization_request.h"
#include "sandbox/calls.h"
#include "sandbox/consent_page.h"
#include "sandbox/decision.h"
#include "sandbox/endpoints.h"
#include "sandbox/pages.h"
#include "sandbox/parameters.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;

// A page to answer with, or why there is none.
struct Shown {
  absl::string_view name;
  json values;
};
using ShownOrProblem = std::variant<Shown, Problem>;

ShownOrProblem ShowFirstPage(Provider& provider, const Parameters& parameters,
                             absl::Time now) {
  auto read = ReadAuthorizationRequest(provider, parameters);
  if (auto* wrong = std::get_if<Problem>(&read)) return *wrong;
  auto& request = std::get<AuthorizationRequest>(read);
  if (request.state) provider.issuer.Remember("state", *request.state);
  if (provider.persona.organization_selection) {
    return Shown{"organization",
                 ShowOrganizations(provider, std::move(request), now)};
  }
  return Shown{"consent", ShowConsent(provider, std::move(request), now)};
}

ShownOrProblem ChooseOrganization(Provider& provider,
                                  const Parameters& parameters,
                                  absl::Time now) {
  auto request = provider.consents.Take(parameters.Get("form_token"), now);
  if (!request) return Problem{"This page is over", "Begin again."};
  const std::string chosen = parameters.Get("organization");
  for (const Organization& organization : provider.persona.organizations) {
    if (organization.id != chosen) continue;
    request->organization = organization.name;
    return Shown{"consent", ShowConsent(provider, *std::move(request), now)};
  }
  return Problem{"No organisation chosen", "It is not one of yours."};
}

using PageRule = ShownOrProblem (*)(Provider&, const Parameters&, absl::Time);

void HandlePage(World& world, const httplib::Request& request,
                httplib::Response& response, PageRule rule) {
  const Parameters parameters(request);
  const auto shown = world.With([&](Provider& provider, absl::Time now) {
    return rule(provider, parameters, now);
  });
  if (const auto* problem = std::get_if<Problem>(&shown)) {
    return SendProblem(problem->title, problem->text, response);
  }
  const Shown& page = std::get<Shown>(shown);
  SendPage(page.name, page.values, 200, response);
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
  const FinalPage& page = std::get<FinalPage>(destination);
  SendPage("message", {{"title", page.title}, {"text", page.text}}, page.status,
           response);
}

}  // namespace

void InstallAuthorize(HttpServer& server, World& world) {
  const std::string path = world.With([](Provider& provider, absl::Time) {
    return provider.persona.paths.authorization;
  });
  server.Get(path, AsCall(server, world, "authorize",
                          [&world](const auto& request, auto& response) {
                            HandlePage(world, request, response, ShowFirstPage);
                          }));
  server.Post("/oauth/v2/auth/organization",
              AsCall(server, world, "organization",
                     [&world](const auto& request, auto& response) {
                       HandlePage(world, request, response, ChooseOrganization);
                     }));
  server.Post("/oauth/v2/auth/decision",
              AsCall(server, world, "decision",
                     [&world](const auto& request, auto& response) {
                       HandleDecision(world, request, response);
                     }));
}

}  // namespace bursar::sandbox
