// The control API: what a test needs to steer a provider and to look behind it.
// README.md documents it.

#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "sandbox/answers.h"
#include "sandbox/control_clients.h"
#include "sandbox/counters_json.h"
#include "sandbox/endpoints.h"
#include "sandbox/fault_json.h"
#include "sandbox/persona_switches.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;
using Result = absl::StatusOr<json>;

Result ShowClock(World& world, const json&) {
  return world.With([](Provider&, absl::Time now) {
    return json{
        {"now", absl::FormatTime(absl::RFC3339_sec, now, absl::UTCTimeZone())}};
  });
}

Result AdvanceClock(World& world, const json& body) {
  const double seconds = body.at("advance_seconds").get<double>();
  if (!(seconds >= 0)) {
    return absl::InvalidArgumentError("advance_seconds must not be negative");
  }
  world.Advance(absl::Seconds(seconds));
  return ShowClock(world, body);
}

Result AddFault(World& world, const json& body) {
  auto fault = FaultFromJson(body);
  if (!fault.ok()) return fault.status();
  world.faults().Add(*std::move(fault));
  return json::object();
}

Result ShowFaults(World& world, const json&) {
  json faults = json::array();
  for (const Fault& fault : world.faults().List()) {
    faults.push_back(FaultToJson(fault));
  }
  return json{{"faults", std::move(faults)}};
}

Result ClearFaults(World& world, const json&) {
  world.faults().Clear();
  return json::object();
}

Result ShowCounters(World& world, const json&) {
  return world.With(
      [](Provider& provider, absl::Time) { return CountersOf(provider); });
}

Result ShowIssued(World& world, const json&) {
  return world.With([](Provider& provider, absl::Time) {
    json values = json::array();
    for (const Issuer::Value& issued : provider.issuer.values()) {
      values.push_back({{"kind", issued.kind}, {"value", issued.value}});
    }
    return json{{"values", std::move(values)}};
  });
}

Result ShowSwitches(World& world, const json&) {
  return world.With([](Provider& provider, absl::Time) {
    json values = json::object();
    for (const SwitchValue& value : Switches(provider.persona)) {
      values[value.name] = value.value;
    }
    return values;
  });
}

Result SetSwitches(World& world, const json& body) {
  return world.With([&](Provider& provider, absl::Time) -> Result {
    Persona changed = provider.persona;
    for (const auto& [name, value] : body.items()) {
      const auto status = SetSwitch(
          changed, name,
          value.is_string() ? value.get<std::string>() : value.dump());
      if (!status.ok()) return status;
    }
    provider.persona = std::move(changed);
    return json::object();
  });
}

Result KillTokens(World& world, const json& body) {
  return world.With([&](Provider& provider, absl::Time now) -> Result {
    Tokens& tokens = provider.tokens;
    int64_t ended = 0;
    for (const char* kind : {"access_token", "refresh_token"}) {
      if (body.contains(kind)) ended += tokens.Revoke(body[kind], now) ? 1 : 0;
    }
    if (body.contains("user")) {
      const std::string user = body["user"];
      const std::string client_id = body.value("client_id", "");
      const bool access_only = body.value("access_tokens_only", false);
      ended += access_only ? tokens.EndAccessTokensOf(user, client_id)
                           : tokens.RevokeAll(user, client_id, now);
      if (!access_only) provider.consents.Forget(user);
    }
    return json{{"ended", ended}};
  });
}

bool IsLoopback(absl::string_view address) {
  absl::ConsumePrefix(&address, "::ffff:");
  return address == "::1" || absl::StartsWith(address, "127.");
}

Answer ControlProblem(int status, absl::string_view text) {
  return {status, {{"error", std::string(text)}}};
}

using ControlAction = Result (*)(World&, const json&);

Answer Act(World& world, const httplib::Request& request,
           ControlAction action) {
  if (!IsLoopback(request.remote_addr)) {
    return ControlProblem(403, "only from this machine");
  }
  // The JSON library throws where a field is missing or of another type.
  try {
    const json body =
        request.body.empty() ? json::object() : json::parse(request.body);
    if (!body.is_object())
      return ControlProblem(400, "the body must be an object");
    Result result = action(world, body);
    if (result.ok()) return {200, *std::move(result)};
    return ControlProblem(
        result.status().code() == absl::StatusCode::kNotFound ? 404 : 400,
        result.status().message());
  } catch (const json::exception& problem) {
    return ControlProblem(400, problem.what());
  }
}

httplib::Server::Handler Control(World& world, ControlAction action) {
  return [&world, action](const auto& request, auto& response) {
    Send(Act(world, request, action), response);
  };
}

}  // namespace

void InstallControl(HttpServer& server, World& world) {
  server.Post("/control/clients", Control(world, AddClient));
  server.Post("/control/clients/secret", Control(world, ReplaceClientSecret));
  server.Post("/control/clients/delete", Control(world, DeleteClient));
  server.Post("/control/users", Control(world, AddUser));
  server.Post("/control/grants", Control(world, AddGrants));
  server.Get("/control/clock", Control(world, ShowClock));
  server.Post("/control/clock", Control(world, AdvanceClock));
  server.Get("/control/faults", Control(world, ShowFaults));
  server.Post("/control/faults", Control(world, AddFault));
  server.Delete("/control/faults", Control(world, ClearFaults));
  server.Get("/control/counters", Control(world, ShowCounters));
  server.Get("/control/issued", Control(world, ShowIssued));
  server.Get("/control/switches", Control(world, ShowSwitches));
  server.Post("/control/switches", Control(world, SetSwitches));
  server.Post("/control/tokens/kill", Control(world, KillTokens));
}

}  // namespace bursar::sandbox
