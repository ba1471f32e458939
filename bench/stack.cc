#include "bench/stack.h"

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/journey/harness/journey.h"

namespace bursar::bench {
namespace {

// As many at once as a benchmark may ask for.
constexpr int kWorkers = 1024;

journey::SandboxOptions ProviderOf(const StackOptions& options) {
  journey::SandboxOptions provider = journey::Unlimited();
  provider.workers = kWorkers;
  provider.switches["access_token_lifetime_seconds"] =
      absl::StrCat(absl::ToInt64Seconds(options.token_lifetime));
  return provider;
}

// With the limits that a busy service would be given.
void AddMutualTls(const MutualTls& tls, journey::BrokerOptions& options) {
  options.listeners =
      absl::StrCat("  - address: 127.0.0.1:0\n    tls: {certificate_file: ",
                   tls.server().certificate, ", key_file: ", tls.server().key,
                   ", client_ca_file: ", tls.ca_file(), "}\n");
  options.policy = absl::StrCat(
      "rules:\n  - {name: everything, subjects: [\"unix:", getuid(), "\", \"",
      MutualTls::kSubject,
      "\"], rpcs: [callers, operators], clients: any, users: any, "
      "scopes: any}\n"
      "limits:\n  default: {calls_per_second: 1000000, in_flight: 10000, "
      "refreshes_per_minute: 1000}\n");
}

// Started before its address is known to the broker.
journey::BrokerOptions BrokerFor(journey::Sandbox& sandbox,
                                 const MutualTls* mutual_tls) {
  Require(sandbox.Start(), "the sandbox does not start");
  journey::BrokerOptions options;
  options.accounts_server = sandbox.url();
  options.upstream = absl::StrCat("max_connections: ", kWorkers);
  options.log_level = "warning";
  if (mutual_tls != nullptr) AddMutualTls(*mutual_tls, options);
  return options;
}

std::string UserName(int user) { return absl::StrCat("user-", user); }

}  // namespace

void Require(bool ok, const std::string& message) {
  if (ok) return;
  std::cerr << message << "\n";
  std::exit(1);
}

v1::GetTokenRequest Stack::RequestOf(int user) {
  return journey::TokenRequest(UserName(user), {journey::kRead});
}

Stack::Stack(const StackOptions& options)
    : sandbox_(ProviderOf(options)),
      broker_(BrokerFor(sandbox_, options.mutual_tls)) {
  Require(broker_.Start(), "the broker does not start: " + broker_.Log());
  const journey::RegisteredClient client =
      sandbox_.Register(broker_.CallbackUri());
  v1::CreateClientRequest create;
  create.mutable_client()->set_name(journey::kClient);
  create.mutable_client()->set_provider("cliq");
  create.mutable_client()->set_client_id(client.id);
  create.set_client_secret(client.secret);
  Require(broker_.api().CreateClient(create).ok(), "no client");

  std::vector<std::string> users;
  users.reserve(static_cast<std::size_t>(options.users));
  for (int user = 0; user < options.users; ++user) {
    users.push_back(UserName(user));
  }
  const std::vector<std::string> tokens =
      sandbox_.MakeRefreshTokens(client.id, users, journey::kRead);
  Require(tokens.size() == users.size(), "no refresh tokens");
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    v1::ImportGrantRequest import;
    import.set_user(users[i]);
    import.set_client(journey::kClient);
    import.set_refresh_token(tokens[i]);
    import.add_scopes(journey::kRead);
    Require(broker_.api().ImportGrant(import).ok(), "a grant is refused");
  }
}

}  // namespace bursar::bench
