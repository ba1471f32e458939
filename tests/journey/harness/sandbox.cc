#include "tests/journey/harness/sandbox.h"

#include <httplib.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/files.h"
#include "tests/journey/harness/programs.h"

namespace bursar::journey {
namespace {

using nlohmann::json;

json FaultToJson(const Fault& fault) {
  json body = {{"call", fault.call},
               {"kind", fault.kind},
               {"times", fault.times},
               {"after_processing", fault.after_processing},
               {"delay_ms", absl::ToInt64Milliseconds(fault.delay)},
               {"status", fault.status},
               {"headers", fault.headers},
               {"body", fault.body},
               {"body_bytes", fault.body_bytes}};
  if (!fault.set_field.empty()) {
    body["set_field"] = json::parse(fault.set_field);
  }
  return body;
}

httplib::Client Connect(const std::string& url, const std::string& ca_file) {
  httplib::Client client(url);
  if (!ca_file.empty()) client.set_ca_cert_path(ca_file.c_str());
  client.set_read_timeout(30);
  return client;
}

}  // namespace

SandboxOptions Unlimited() {
  return {.tls = false,
          .switches = {{"codes_per_window", "0"},
                       {"refresh_tokens_per_window", "0"},
                       {"access_tokens_per_window", "0"},
                       {"live_access_token_cap", "0"}}};
}

Sandbox::Sandbox(SandboxOptions options) : options_(std::move(options)) {}

bool Sandbox::Start() {
  const std::string ready = folder_.Path("ready");
  std::vector<std::string> argv = {std::string(kSandbox),
                                   "--listen",
                                   "127.0.0.1:0",
                                   "--persona",
                                   options_.persona,
                                   "--ready-file",
                                   ready,
                                   "--workers",
                                   absl::StrCat(options_.workers)};
  if (options_.tls) {
    argv.insert(argv.end(), {"--tls-dir", folder_.Path("tls")});
    ca_file_ = folder_.Path("tls/ca.pem");
  }
  for (const std::string& name : options_.data_centers) {
    argv.insert(argv.end(), {"--data-center", name});
  }
  for (const auto& [name, value] : options_.switches) {
    argv.insert(argv.end(), {"--switch", absl::StrCat(name, "=", value)});
  }
  process_ = std::make_unique<Process>(
      Process::Options{.argv = std::move(argv), .log = folder_.Path("log")});
  if (!Eventually([&] {
        return std::filesystem::exists(ready) || !process_->Running();
      })) {
    return false;
  }
  ReadUrls(ReadFile(ready));
  return !url_.empty();
}

// One URL, or lines of a name and one: "iot URL", "iot.eu URL".
void Sandbox::ReadUrls(const std::string& ready) {
  for (const absl::string_view line :
       absl::StrSplit(ready, '\n', absl::SkipEmpty())) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(line, ' ');
    const auto& [name, url] = parts;
    if (url.empty()) {
      url_ = name;
    } else if (name == options_.persona) {
      url_ = url;
    } else {
      data_center_urls_[name.substr(options_.persona.size() + 1)] = url;
    }
  }
}

std::string Sandbox::Control(const std::string& method, const std::string& path,
                             const std::string& body) const {
  httplib::Client client = Connect(url_, ca_file_);
  httplib::Request request;
  request.method = method;
  request.path = path;
  request.body = body;
  request.set_header("Content-Type", "application/json");
  const auto result = client.send(request);
  return result && result->status == 200 ? result->body : "{}";
}

RegisteredClient Sandbox::Register(const std::string& redirect_uri,
                                   const std::string& type) const {
  json redirect_uris = json::array();
  if (!redirect_uri.empty()) redirect_uris.push_back(redirect_uri);
  const json answer =
      json::parse(Control("POST", "/control/clients",
                          json{{"name", "Channel reader"},
                               {"type", type},
                               {"homepage", "https://reader.example"},
                               {"domain", "reader.example"},
                               {"shared_secret", options_.shared_secret},
                               {"redirect_uris", std::move(redirect_uris)}}
                              .dump()));
  return {answer.value("client_id", ""), answer.value("client_secret", ""),
          answer.value("client_secrets", std::map<std::string, std::string>())};
}

std::string Sandbox::ReplaceSecret(const std::string& client_id) const {
  return json::parse(Control("POST", "/control/clients/secret",
                             json{{"client_id", client_id}}.dump()))
      .value("client_secret", "");
}

void Sandbox::MoveClock(absl::Duration by) const {
  Control("POST", "/control/clock",
          json{{"advance_seconds", absl::ToInt64Seconds(by)}}.dump());
}

void Sandbox::Set(const std::string& name, const std::string& value) const {
  Control("POST", "/control/switches", json{{name, value}}.dump());
}

void Sandbox::Add(const Fault& fault) const {
  Control("POST", "/control/faults", FaultToJson(fault).dump());
}

void Sandbox::ClearFaults() const { Control("DELETE", "/control/faults"); }

int64_t Sandbox::Calls(const std::string& call) const {
  const json counters = json::parse(Control("GET", "/control/counters"));
  return counters.value("calls", json::object()).value(call, int64_t{0});
}

int64_t Sandbox::Throttled() const {
  return json::parse(Control("GET", "/control/counters"))
      .value("throttled", int64_t{0});
}

std::vector<ProviderToken> Sandbox::RefreshTokens(
    const std::string& user) const {
  // Counters first: every token that they know of has its value by then.
  const json counters = json::parse(Control("GET", "/control/counters"));
  const json issued = json::parse(Control("GET", "/control/issued"));
  // Values are told in the order of issue, which the index counts.
  std::vector<std::string> values;
  for (const json& value : issued.at("values")) {
    if (value["kind"] == "refresh_token") values.push_back(value["value"]);
  }
  std::vector<ProviderToken> tokens;
  for (const json& token : counters.at("refresh_tokens")) {
    if (token["user"] != user) continue;
    tokens.push_back({values.at(token["index"].get<std::size_t>() - 1),
                      token["client_id"], token["user"], token["state"],
                      token["redeemed"], token["reuse_refused"]});
  }
  return tokens;
}

std::vector<std::string> Sandbox::MakeRefreshTokens(
    const std::string& client_id, const std::vector<std::string>& users,
    const std::string& scope) const {
  return json::parse(Control("POST", "/control/grants",
                             json{{"client_id", client_id},
                                  {"users", users},
                                  {"scope", scope}}
                                 .dump()))
      .value("refresh_tokens", std::vector<std::string>());
}

std::vector<std::string> Sandbox::Issued() const {
  const json issued = json::parse(Control("GET", "/control/issued"));
  std::vector<std::string> values;
  for (const json& value : issued.at("values")) {
    values.push_back(value["value"]);
  }
  return values;
}

void Sandbox::RemoveApplication(const std::string& user) const {
  Control("POST", "/control/tokens/kill", json{{"user", user}}.dump());
}

int Sandbox::CallApi(const std::string& authorization,
                     const std::string& path) const {
  httplib::Client client = Connect(url_, ca_file_);
  const auto result = client.Get(path, {{"Authorization", authorization}});
  return result ? result->status : 0;
}

std::string Sandbox::Ask(const RegisteredClient& client,
                         const std::string& grant_type, const std::string& name,
                         const std::string& value) const {
  httplib::Client connection = Connect(url_, ca_file_);
  const auto result = connection.Post(
      "/oauth/v2/token", httplib::Params{{"grant_type", grant_type},
                                         {"client_id", client.id},
                                         {"client_secret", client.secret},
                                         {name, value}});
  if (!result) return "no answer";
  return json::parse(result->body).value("error", "ok");
}

std::string Sandbox::Redeem(const RegisteredClient& client,
                            const std::string& refresh_token) const {
  return Ask(client, "refresh_token", "refresh_token", refresh_token);
}

std::string Sandbox::Exchange(const RegisteredClient& client,
                              const std::string& code) const {
  return Ask(client, "authorization_code", "code", code);
}

}  // namespace bursar::journey
