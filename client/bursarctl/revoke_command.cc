// bursarctl revoke: ends grants.

#include "bursar/v1/token_broker.grpc.pb.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/exit_code.h"
#include "client/bursarctl/secret_input.h"
#include "client/bursarctl/text.h"

namespace bursar::client {
namespace {

struct RevokeOptions {
  std::string grant;
  std::string user;
  std::string client;
  std::string token_file;
};

absl::StatusOr<v1::RevokeRequest> MakeRequest(const RevokeOptions& options) {
  v1::RevokeRequest request;
  if (!options.token_file.empty()) {
    auto token = ReadSecret(options.token_file);
    if (!token.ok()) return token.status();
    request.set_token(std::string(token->Expose()));
  } else if (!options.grant.empty()) {
    request.set_grant(options.grant);
  } else if (!options.user.empty() && !options.client.empty()) {
    request.mutable_user_and_client()->set_user(options.user);
    request.mutable_user_and_client()->set_client(options.client);
  } else if (!options.user.empty()) {
    request.set_user(options.user);
  } else if (!options.client.empty()) {
    request.set_client(options.client);
  } else {
    return UsageError(
        "whose grants? give --grant, --user, --client, --user and --client, "
        "or --token-file");
  }
  return request;
}

absl::Status Revoke(const RevokeOptions& options, Session& session,
                    const Output& output) {
  auto request = MakeRequest(options);
  if (!request.ok()) return request.status();
  auto revoked =
      session.Call<v1::TokenBroker>(&v1::TokenBroker::Stub::Revoke, *request);
  if (request->has_token()) Wipe(*request->mutable_token());
  if (!revoked.ok()) return revoked.status();
  Table table = Table::Of({"REVOKED GRANTS"}, "Nothing was left to revoke.");
  for (const std::string& grant : revoked->revoked_grants()) {
    table.Add({grant});
  }
  output.Print(*revoked, table);
  return absl::OkStatus();
}

}  // namespace

void AddRevokeCommand(CLI::App& app, CommandLine& line) {
  auto options = std::make_shared<RevokeOptions>();
  CLI::App* verb =
      AddVerb(app, line, "revoke", "End grants, here and at the provider",
              options, Revoke);
  CLI::Option* grant =
      verb->add_option("--grant", options->grant, "One grant, by its id");
  CLI::Option* user =
      verb->add_option("--user", options->user,
                       "All of a user's grants, or with --client "
                       "those to one client");
  CLI::Option* client =
      verb->add_option("--client", options->client, "All grants to a client");
  verb->add_option("--token-file", options->token_file,
                   "The grant that the access or refresh token in this file "
                   "belongs to; - for standard input")
      ->excludes(grant)
      ->excludes(user)
      ->excludes(client);
  grant->excludes(user)->excludes(client);
}

}  // namespace bursar::client
