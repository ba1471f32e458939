// channel-reader: a service that reads a user's channels. It holds no client
// secret and no refresh token, and knows nothing of the provider but its API.

#include <httplib.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/errors.h"
#include "client/token_client.h"

namespace {

using bursar::client::Token;
using bursar::client::TokenClient;
using bursar::client::TokenKey;

struct Flags {
  std::string broker;
  std::string user;
  std::string client;
  std::vector<std::string> scopes;
  std::string ca_file;
  bool repeat = false;
};

// Calls the API as its provider wants to be called; the HTTP status, 0 if there
// was no answer.
int ReadChannels(const Token& token, const std::string& ca_file) {
  httplib::Client api(token.api_domain());
  if (!ca_file.empty()) api.set_ca_cert_path(ca_file.c_str());
  const auto answer =
      api.Get("/api/v2/channels",
              {{"Authorization", std::string(token.authorization())}});
  if (!answer) {
    std::cout << "no answer from " << token.api_domain() << std::endl;
    return 0;
  }
  std::cout << "HTTP " << answer->status;
  const auto body = nlohmann::json::parse(answer->body, nullptr, false);
  if (answer->status == 200 && body.contains("data")) {
    for (const auto& channel : body["data"]) {
      std::cout << ", channel " << channel.value("name", "?");
    }
  }
  std::cout << std::endl;
  return answer->status;
}

// Why there is no token; false, so that a caller can return it.
bool Explain(const absl::Status& status) {
  std::cout << bursar::client::Describe(status) << std::endl;
  if (const auto consent = bursar::client::ConsentRequiredOf(status)) {
    std::cout << "send the user to " << consent->authorization_url << std::endl;
  }
  return false;
}

// One piece of the service's work. A token that the API refuses is replaced
// once: it may have been revoked since it was fetched.
bool Work(TokenClient& tokens, const TokenKey& key, const Flags& flags) {
  auto token = tokens.GetToken(key);
  if (!token.ok()) return Explain(token.status());
  int status = ReadChannels(**token, flags.ca_file);
  if (status == 401) {
    token = tokens.Refresh(**token);
    if (!token.ok()) return Explain(token.status());
    status = ReadChannels(**token, flags.ca_file);
  }
  return status == 200;
}

}  // namespace

int main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Reads a user's channels with a token from the broker.");
  app.add_option("--broker", flags.broker, "unix:/path or host:port")
      ->required();
  app.add_option("--user", flags.user, "Whose channels")->required();
  app.add_option("--client", flags.client, "The broker's name for the client")
      ->required();
  app.add_option("--scope", flags.scopes, "What to ask for; repeatable");
  app.add_option("--ca", flags.ca_file, "File of the CA to trust at the API");
  app.add_flag("--repeat", flags.repeat,
               "Once more for each line of standard input");
  CLI11_PARSE(app, argc, argv);

  bursar::client::TokenClientOptions options;
  options.broker.target = flags.broker;
  const auto tokens = TokenClient::Create(options);
  if (!tokens.ok()) return Explain(tokens.status()) ? 0 : 2;
  const TokenKey key(flags.user, flags.client, flags.scopes);
  bool done = Work(**tokens, key, flags);
  std::string line;
  while (flags.repeat && std::getline(std::cin, line)) {
    done = Work(**tokens, key, flags);
  }
  return done ? 0 : 1;
}
