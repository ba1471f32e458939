// bursarctl grant: what users consented to, shown.

#include <map>

#include "bursar/v1/grants.grpc.pb.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/grant_text.h"
#include "client/bursarctl/limit_text.h"
#include "client/bursarctl/text.h"
#include "server/base/clock.h"

namespace bursar::client {
namespace {

using Grants = v1::Grants;

struct GrantOptions {
  std::string id;
  std::string user;
  std::string client;
  v1::Grant::State state = v1::Grant::STATE_UNSPECIFIED;
  int limit = 0;
};
using GrantOptionsPtr = std::shared_ptr<GrantOptions>;

absl::Status Get(const GrantOptions& options, Session& session,
                 const Output& output) {
  v1::GetGrantRequest request;
  request.set_id(options.id);
  auto grant = session.Call<Grants>(&Grants::Stub::GetGrant, request);
  if (!grant.ok()) return grant.status();
  output.Print(*grant, GrantDetails(*grant, SystemClock().Now()));
  return absl::OkStatus();
}

absl::Status List(const GrantOptions& options, Session& session,
                  const Output& output) {
  v1::ListGrantsRequest request;
  request.set_user(options.user);
  request.set_client(options.client);
  request.set_state(options.state);
  auto listed = session.List<Grants>(
      &Grants::Stub::ListGrants, request, options.limit,
      [](const v1::ListGrantsResponse& all) { return all.grants_size(); });
  if (!listed.ok()) return listed.status();
  Table table = Table::Of({"ID", "USER", "CLIENT", "STATE", "GENERATION",
                           "TOKEN EXPIRES", "SCOPES"},
                          "No grants.");
  const absl::Time now = SystemClock().Now();
  for (const v1::Grant& grant : listed->grants()) {
    table.Add({grant.id(), grant.user(), grant.client(), GrantStateText(grant),
               std::to_string(grant.generation()),
               TimeText(grant.has_access_token_expire_time(),
                        grant.access_token_expire_time(), now),
               ListText(grant.scopes())});
  }
  output.Print(*listed, table);
  return absl::OkStatus();
}

absl::Status Tokens(const GrantOptions& options, Session& session,
                    const Output& output) {
  v1::ListRefreshTokensRequest request;
  request.set_grant(options.id);
  auto listed = session.List<Grants>(
      &Grants::Stub::ListRefreshTokens, request, options.limit,
      [](const v1::ListRefreshTokensResponse& all) {
        return all.refresh_tokens_size();
      });
  if (!listed.ok()) return listed.status();
  Table table = Table::Of({"GENERATION", "STATE", "USES", "CREATED",
                           "LAST USED", "ENDED", "REVOCATION", "LIMITS"},
                          "No refresh tokens.");
  const absl::Time now = SystemClock().Now();
  for (const v1::RefreshToken& token : listed->refresh_tokens()) {
    const bool revocation =
        token.revocation() != v1::RefreshToken::REVOCATION_UNSPECIFIED;
    table.Add({std::to_string(token.generation()),
               v1::RefreshToken::State_Name(token.state()),
               std::to_string(token.use_count()),
               TimeText(token.has_create_time(), token.create_time(), now),
               TimeText(token.has_last_use_time(), token.last_use_time(), now),
               TimeText(token.has_end_time(), token.end_time(), now),
               revocation
                   ? v1::RefreshToken::Revocation_Name(token.revocation())
                   : "",
               LimitsText(token.limits(), now)});
  }
  output.Print(*listed, table);
  return absl::OkStatus();
}

void AddId(CLI::App* verb, const GrantOptionsPtr& options) {
  verb->add_option("GRANT", options->id, "The grant's id")->required();
}

void AddFilters(CLI::App* verb, const GrantOptionsPtr& options) {
  verb->add_option("--user", options->user, "Only this user's");
  verb->add_option("--client", options->client, "Only this client's");
}

void AddLimit(CLI::App* verb, const GrantOptionsPtr& options) {
  verb->add_option("--limit", options->limit, "Show at most so many")
      ->check(CLI::PositiveNumber);
}

const std::map<std::string, v1::Grant::State> kStates = {
    {"active", v1::Grant::ACTIVE},
    {"consent-required", v1::Grant::CONSENT_REQUIRED},
    {"revoked", v1::Grant::REVOKED},
    {"superseded", v1::Grant::SUPERSEDED}};

}  // namespace

void AddGrantCommands(CLI::App& app, CommandLine& line) {
  CLI::App& noun = *AddNoun(app, "grant", "Users' consents to clients");

  auto options = std::make_shared<GrantOptions>();
  CLI::App* verb =
      AddVerb(noun, line, "list", "List grants, newest first", options, List);
  AddFilters(verb, options);
  AddChoice(*verb, "--state", kStates, options->state,
            "Only the grants in this state");
  AddLimit(verb, options);

  options = std::make_shared<GrantOptions>();
  AddId(AddVerb(noun, line, "get", "Show a grant", options, Get), options);

  options = std::make_shared<GrantOptions>();
  verb = AddVerb(noun, line, "tokens",
                 "List a grant's refresh tokens, generation by generation",
                 options, Tokens);
  AddId(verb, options);
  AddLimit(verb, options);

  AddConsentVerbs(noun, line);
  AddDeviceVerbs(noun, line);
}

}  // namespace bursar::client
