// bursarctl token: access tokens, as a service gets them.

#include <iostream>

#include "bursar/v1/token_broker.grpc.pb.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/exit_code.h"
#include "client/bursarctl/secret_input.h"
#include "client/bursarctl/text.h"
#include "server/base/clock.h"

namespace bursar::client {
namespace {

using TokenBroker = v1::TokenBroker;

struct TokenOptions {
  std::string user;
  std::string client;
  std::vector<std::string> scopes;
  absl::Duration min_ttl = absl::Minutes(1);
  bool show_token = false;
  bool header = false;
  std::string grant;
  int64_t generation = 0;
  std::string failed_token_file;
};
using TokenOptionsPtr = std::shared_ptr<TokenOptions>;

absl::Status Show(const TokenOptions& options, v1::AccessToken token,
                  const Output& output) {
  if (options.header) {
    std::cout << token.authorization() << "\n";
    Wipe(*token.mutable_authorization());
    Wipe(*token.mutable_access_token());
    return absl::OkStatus();
  }
  if (!options.show_token) {
    Wipe(*token.mutable_authorization());
    Wipe(*token.mutable_access_token());
  }
  Table table = Table::OfFields();
  table.Add({"Type", token.token_type()});
  table.Add({"Expires", TimeText(token.has_expire_time(), token.expire_time(),
                                 SystemClock().Now())});
  table.Add({"Scopes", ListText(token.scopes())});
  table.Add({"API", token.api_domain()});
  table.Add({"Grant", token.grant()});
  table.Add({"Generation", std::to_string(token.generation())});
  if (options.show_token) {
    table.Add({"Authorization", token.authorization()});
  }
  output.Print(token, table);
  return absl::OkStatus();
}

template <typename Request>
Request MakeRequest(const TokenOptions& options) {
  Request request;
  request.set_user(options.user);
  request.set_client(options.client);
  request.mutable_scopes()->Assign(options.scopes.begin(),
                                   options.scopes.end());
  *request.mutable_min_ttl() = ToProto(options.min_ttl);
  return request;
}

absl::Status Get(const TokenOptions& options, Session& session,
                 const Output& output) {
  auto response = session.Call<TokenBroker>(
      &TokenBroker::Stub::GetToken, MakeRequest<v1::GetTokenRequest>(options));
  if (!response.ok()) return response.status();
  return Show(options, std::move(*response->mutable_token()), output);
}

absl::Status Refresh(const TokenOptions& options, Session& session,
                     const Output& output) {
  auto request = MakeRequest<v1::RefreshRequest>(options);
  if (!options.failed_token_file.empty()) {
    auto failed = ReadSecret(options.failed_token_file);
    if (!failed.ok()) return failed.status();
    request.set_failed_access_token(std::string(failed->Expose()));
  } else if (!options.grant.empty()) {
    request.set_grant(options.grant);
    request.set_failed_generation(options.generation);
  } else {
    return UsageError(
        "which token failed? give --grant and --generation, or "
        "--failed-token-file");
  }
  auto response =
      session.Call<TokenBroker>(&TokenBroker::Stub::Refresh, request);
  if (request.has_failed_access_token()) {
    Wipe(*request.mutable_failed_access_token());
  }
  if (!response.ok()) return response.status();
  return Show(options, std::move(*response->mutable_token()), output);
}

void AddCommon(CLI::App* verb, const TokenOptionsPtr& options) {
  verb->add_option("--user", options->user, "Whose token")->required();
  verb->add_option("--client", options->client,
                   "The broker's name for the client")
      ->required();
  verb->add_option("--scope", options->scopes,
                   "A scope that the token must cover; repeatable");
  AddDuration(*verb, "--min-ttl", options->min_ttl,
              "How long the token must live at least");
  CLI::Option* show = verb->add_flag("--show-token", options->show_token,
                                     "Print the token itself too");
  verb->add_flag("--header", options->header,
                 "Print the Authorization header's value and nothing else")
      ->excludes(show);
}

}  // namespace

void AddTokenCommands(CLI::App& app, CommandLine& line) {
  CLI::App& noun = *AddNoun(app, "token", "Access tokens");

  auto options = std::make_shared<TokenOptions>();
  AddCommon(
      AddVerb(noun, line, "get", "Get a token that works now", options, Get),
      options);

  options = std::make_shared<TokenOptions>();
  CLI::App* verb = AddVerb(noun, line, "refresh",
                           "Get a newer token than the one that an API refused",
                           options, Refresh);
  AddCommon(verb, options);
  CLI::Option* grant =
      verb->add_option("--grant", options->grant, "The refused token's grant");
  CLI::Option* generation =
      verb->add_option("--generation", options->generation,
                       "The refused token's generation")
          ->needs(grant)
          ->check(CLI::PositiveNumber);
  grant->needs(generation);
  verb->add_option("--failed-token-file", options->failed_token_file,
                   "File that holds the refused token; - for standard input")
      ->excludes(grant);
}

}  // namespace bursar::client
