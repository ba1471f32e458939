// The device flow: POST /oauth/v3/device/code and …/token, and the page on
// which a user enters the code that the device shows.

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
#include "sandbox/endpoints.h"
#include "sandbox/pages.h"
#include "sandbox/parameters.h"
#include "sandbox/url.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;

constexpr char kEntryPath[] = "/oauth/v3/device";

Answer Begin(Provider& provider, const Parameters& parameters, absl::Time now) {
  const Persona& persona = provider.persona;
  if (parameters.Get("grant_type") != "device_request") {
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
  const DeviceRequest device = provider.devices.Begin(
      persona, client->id, std::get<Scopes>(std::move(scopes)),
      parameters.Get("access_type") == "offline", provider.issuer, now);
  const std::string page = absl::StrCat(provider.url(), kEntryPath);
  return {200,
          {{"device_code", device.device_code},
           {"user_code", device.user_code},
           {"verification_url", page},
           {"verification_uri_complete",
            WithQuery(page, {{"user_code", device.user_code}})},
           {"interval", absl::ToInt64Seconds(persona.device_interval)},
           {"expires_in", InUnit(persona.device_code_lifetime,
                                 persona.device_expires_in_unit)}}};
}

// The device goes on there, with the same code.
Answer SendToDataCenter(Provider& provider, const std::string& user) {
  Answer answer = RefusalAnswer(provider, Refusal::kOtherDataCenter);
  answer.body["user_location"] = provider.LocationOf(user);
  return answer;
}

Answer Poll(Provider& provider, const Parameters& parameters, absl::Time now) {
  if (parameters.Get("grant_type") != "device_token") {
    return RefusalAnswer(provider, Refusal::kInvalidRequest);
  }
  auto client = Authenticate(provider, parameters);
  if (const auto* refusal = std::get_if<Refusal>(&client)) {
    return RefusalAnswer(provider, *refusal);
  }
  const std::string code =
      parameters.Find("code").value_or(parameters.Get("device_code"));
  auto polled = provider.devices.Poll(provider.persona, code,
                                      std::get<Client>(client).id, now);
  if (const auto* refusal = std::get_if<Refusal>(&polled)) {
    return RefusalAnswer(provider, *refusal);
  }
  const auto& device = std::get<DeviceRequest>(polled);
  if (!provider.Keeps(device.user)) {
    return SendToDataCenter(provider, device.user);
  }
  auto minted = provider.tokens.FromConsent(
      provider.persona, {device.user, device.client_id}, device.scopes,
      device.with_refresh_token, provider.issuer, now);
  if (const auto* refusal = std::get_if<Refusal>(&minted)) {
    return RefusalAnswer(provider, *refusal);
  }
  provider.devices.MarkRedeemed(code);
  return TokenAnswer(provider, std::get<Tokens::Minted>(minted));
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
  server.Post("/oauth/v3/device/code",
              DeviceCall(server, world, "device.code", Begin));
  server.Post("/oauth/v3/device/token",
              DeviceCall(server, world, "token.device", Poll));
  server.Get(kEntryPath, [](const auto& request, auto& response) {
    SendPage("device",
             {{"title", "Connect a device"},
              {"user_code", Parameters(request).Get("user_code")}},
             200, response);
  });
  server.Post(kEntryPath, [&world](const auto& request, auto& response) {
    HandleEntry(world, request, response);
  });
}

}  // namespace bursar::sandbox
