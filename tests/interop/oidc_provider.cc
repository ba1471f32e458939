#include "tests/interop/oidc_provider.h"

#include <httplib.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/fakes/eventually.h"
#include "tests/journey/harness/files.h"

namespace bursar::journey {
namespace {

using nlohmann::json;

// Characters that RFC 6749 section 2.3.1 has encoded before Basic encodes them
// once more: taken as they are, they read as something else.
constexpr char kId[] = "the broker: at %41";
constexpr char kSecret[] = "a secret of blanks, +, /, :, & and %41";

// Without the discovery's help: these are its default paths.
constexpr char kTokenEndpoint[] = "/token";
constexpr char kUserinfoEndpoint[] = "/me";

std::string FormEncode(const std::string& text) {
  return httplib::detail::encode_query_param(text);
}

json Witness(const std::string& issuer) {
  const auto result = httplib::Client(issuer).Get("/witness");
  return result ? json::parse(result->body) : json::object();
}

}  // namespace

bool OidcProvider::Start(const std::string& redirect_uri) {
  client_ = {kId, kSecret};
  const std::string client_file =
      folder_.Write("client.json", json{{"client_id", client_.id},
                                        {"client_secret", client_.secret},
                                        {"redirect_uris", {redirect_uri}}}
                                       .dump());
  const std::string ready_file = folder_.Path("ready");
  process_ = std::make_unique<Process>(Process::Options{
      .argv = {"/usr/bin/env", "node", BURSAR_INTEROP_FOLDER "/server.mjs",
               client_file, ready_file},
      .log = folder_.Path("log")});
  const bool settled = Eventually([&] {
    return std::filesystem::exists(ready_file) || !process_->Running();
  });
  issuer_ = ReadFile(ready_file);
  return settled && !issuer_.empty();
}

std::string OidcProvider::AskForTokens(const Parameters& parameters) const {
  httplib::Client connection(issuer_);
  connection.set_basic_auth(FormEncode(client_.id), FormEncode(client_.secret));
  const auto result = connection.Post(
      kTokenEndpoint, httplib::Params(parameters.begin(), parameters.end()));
  if (!result) return "no answer";
  return json::parse(result->body).value("error", "ok");
}

std::string OidcProvider::Redeem(const std::string& refresh_token) const {
  return AskForTokens(
      {{"grant_type", "refresh_token"}, {"refresh_token", refresh_token}});
}

int OidcProvider::CallUserinfo(const std::string& authorization) const {
  const auto result = httplib::Client(issuer_).Get(
      kUserinfoEndpoint, {{"Authorization", authorization}});
  return result ? result->status : 0;
}

std::vector<std::string> OidcProvider::RefreshTokens() const {
  return Witness(issuer_).value("refresh_tokens", std::vector<std::string>());
}

int64_t OidcProvider::Count(const std::string& event) const {
  return Witness(issuer_).at("events").at(event).get<int64_t>();
}

}  // namespace bursar::journey
