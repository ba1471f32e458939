// bursarctl usage: what is used up of the providers' limits.

#include <map>
#include <memory>
#include <string>

#include "bursar/v1/grants.grpc.pb.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/limit_text.h"
#include "server/base/clock.h"

namespace bursar::client {
namespace {

struct UsageOptions {
  std::string user;
  std::string client;
  v1::ListUsageRequest::GroupBy group_by =
      v1::ListUsageRequest::GROUP_BY_UNSPECIFIED;
  int limit = 0;
};

absl::Status Show(const UsageOptions& options, Session& session,
                  const Output& output) {
  v1::ListUsageRequest request;
  request.set_group_by(options.group_by);
  request.set_user(options.user);
  request.set_client(options.client);
  auto listed = session.List<v1::Grants>(
      &v1::Grants::Stub::ListUsage, request, options.limit,
      [](const v1::ListUsageResponse& all) { return all.usage_size(); });
  if (!listed.ok()) return listed.status();
  Table table =
      Table::Of({"USER", "CLIENT", "PROVIDER", "LIVING", "EVER", "ROTATIONS",
                 "REDEMPTIONS", "ACTIVE GRANTS", "LIMITS"},
                "No refresh tokens.");
  const absl::Time now = SystemClock().Now();
  for (const v1::Usage& usage : listed->usage()) {
    table.Add({usage.user(), usage.client(), usage.provider(),
               std::to_string(usage.living_refresh_tokens()),
               std::to_string(usage.refresh_tokens_ever()),
               std::to_string(usage.rotations()),
               std::to_string(usage.redemptions()),
               std::to_string(usage.active_grants()),
               LimitsText(usage.limits(), now)});
  }
  output.Print(*listed, table);
  return absl::OkStatus();
}

const std::map<std::string, v1::ListUsageRequest::GroupBy> kGroups = {
    {"user", v1::ListUsageRequest::USER},
    {"client", v1::ListUsageRequest::CLIENT},
    {"user-and-client", v1::ListUsageRequest::USER_AND_CLIENT}};

}  // namespace

void AddUsageCommand(CLI::App& app, CommandLine& line) {
  auto options = std::make_shared<UsageOptions>();
  CLI::App* verb = AddVerb(app, line, "usage",
                           "Count tokens beside the providers' limits on them",
                           options, Show);
  AddChoice(*verb, "--by", kGroups, options->group_by, "What a row counts");
  verb->add_option("--user", options->user, "Only this user's");
  verb->add_option("--client", options->client, "Only this client's");
  verb->add_option("--limit", options->limit, "Show at most so many")
      ->check(CLI::PositiveNumber);
}

}  // namespace bursar::client
