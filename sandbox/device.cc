// The device flow: where a device asks for a code and redeems it, and the page
// on which a user enters the code that the device shows.

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "sandbox/answers.h"
#include "sandbox/authorization_request.h"
#include "sandbox/calls.h"
#include "sandbox/client_authentication.h"
#include "sandbox/consent_page.h"
#include "sandbox/device_grant.h"
#include "sandbox/endpoints.h"
#include "sandbox/pages.h"
#include "sandbox/parameters.h"
#include "sandbox/url.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;

bool IsOffline(const Persona& persona, const Scopes& scopes,
               const Parameters& parameters) {
  if (!persona.offline_scope.empty()) {
    return Allows(scopes, persona.offline_scope);
  }
  return persona.device_words.always_offline ||
         parameters.Get("access_type") == "offline";
}

Answer Begin(Provider& provider, const Parameters& parameters, absl::Time now) {
  const Persona& persona = provider.persona;
  if (parameters.Get("grant_type") != persona.device_words.request_type) {
    return RefusalAnswer(provider, Refusal::kInvalidRequest);
  }
  const Client* client = provider.clients.Find(parameters.Get("client_id"));
  if (client == nullptr || !client->IsKnownAt(provider.here) ||
      client->registration.type != ClientType::kNonBrowser) {
    return RefusalAnswer(provider, Refusal::kInvalidClient);
  }
  auto scopes = ReadScopes(persona, parameters.Get("scope"));
  if (std::holds_alternative<Problem>(scopes)) {
    return RefusalAnswer(provider, Refusal::kInvalidScope);
  }
  const bool offline = IsOffline(persona, std::get<Scopes>(scopes), parameters);
  const DeviceRequest device = provider.devices.Begin(
      persona, client->id, std::get<Scopes>(std::move(scopes)), offline,
      provider.issuer, now);
  const std::string page =
      absl::StrCat(provider.url(), persona.paths.device_entry);
  return {200,
          {{"device_code", device.device_code},
           {"user_code", device.user_code},
           {persona.device_words.verification_uri_field, page},
           {"verification_uri_complete",
            WithQuery(page, {{"user_code", device.user_code}})},
           {"interval", absl::ToInt64Seconds(persona.device_interval)},
           {"expires_in", InUnit(persona.device_code_lifetime,
                                 persona.device_expires_in_unit)}}};
}

// The device goes on at the user's data centre, with the same code.
Answer SendToDataCenter(Provider& provider, const std::string& code) {
  Answer answer = RefusalAnswer(provider, Refusal::kOtherDataCenter);
  answer.body["user_location"] =
      provider.LocationOf(provider.devices.UserOf(code));
  return answer;
}

Answer Poll(Provider& provider, const Parameters& parameters, absl::Time now) {
  if (parameters.Get("grant_type") !=
      provider.persona.device_words.grant_type) {
    return RefusalAnswer(provider, Refusal::kInvalidRequest);
  }
  auto client = Authenticate(provider, parameters);
  if (const auto* refusal = std::get_if<Refusal>(&client)) {
    return RefusalAnswer(provider, *refusal);
  }
  const std::string code =
      parameters.Find("code").value_or(parameters.Get("device_code"));
  const auto minted =
      RedeemDeviceCode(provider, std::get<Client>(client), code, now);
  const auto* refusal = std::get_if<Refusal>(&minted);
  if (refusal == nullptr) {
    return TokenAnswer(provider, std::get<Tokens::Minted>(minted));
  }
  if (*refusal == Refusal::kOtherDataCenter) {
    return SendToDataCenter(provider, code);
  }
  return RefusalAnswer(provider, *refusal);
}

template <typename Rule>
httplib::Server::Handler DeviceCall(HttpServer& server, World& world,
                                    std::string name, Rule rule) {
  return AsCall(server, world, std::move(name),
                [&world, rule](const auto& request, auto& response) {
                  const Parameters parameters(request);
                  Send(world.With([&](Provider& provider, absl::Time now) {
                    return rule(provider, parameters, now);
                  }),
                       response);
                });
}

void HandleEntry(World& world, const httplib::Request& request,
                 httplib::Response& response) {
  const Parameters parameters(request);
  const json page = world.With([&](Provider& provider, absl::Time now) -> json {
    const auto device =
        provider.devices.FindByUserCode(parameters.Get("user_code"), now);
    if (!device) return {};
    AuthorizationRequest authorization;
    authorization.client_id = device->client_id;
    authorization.scopes = device->scopes;
    authorization.offline = device->offline;
    authorization.device_code = device->device_code;
    return ShowConsent(provider, std::move(authorization), now);
  });
  if (page.is_null()) {
    return SendProblem("Code not found",
                       "No device waits with this code. It lives for a few "
                       "minutes and works once.",
                       response);
  }
  SendPage("consent", page, 200, response);
}

}  // namespace

void InstallDevice(HttpServer& server, World& world) {
  const EndpointPaths paths = world.With(
      [](Provider& provider, absl::Time) { return provider.persona.paths; });
  server.Post(paths.device_code,
              DeviceCall(server, world, "device.code", Begin));
  if (paths.device_token != paths.token) {
    server.Post(paths.device_token,
                DeviceCall(server, world, "token.device", Poll));
  }
  const auto show = [entry = paths.device_entry](const auto& request,
                                                 auto& response) {
    SendPage("device",
             {{"title", "Connect a device"},
              {"entry", entry},
              {"user_code", Parameters(request).Get("user_code")}},
             200, response);
  };
  server.Get(paths.device_entry, show);
  server.Post(paths.device_entry,
              [&world](const auto& request, auto& response) {
                HandleEntry(world, request, response);
              });
}

}  // namespace bursar::sandbox
