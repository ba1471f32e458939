// bursarctl revocation: what providers must still be told to revoke.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "bursar/v1/revocations.grpc.pb.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/text.h"
#include "server/base/clock.h"

namespace bursar::client {
namespace {

struct PendingOptions {
  std::string client;
  int limit = 0;
};

struct RetryOptions {
  std::string grant;
  std::string client;
};

absl::Status ListPending(const PendingOptions& options, Session& session,
                         const Output& output) {
  v1::ListPendingRevocationsRequest request;
  request.set_client(options.client);
  auto listed = session.List<v1::Revocations>(
      &v1::Revocations::Stub::ListPendingRevocations, request, options.limit,
      [](const v1::ListPendingRevocationsResponse& all) {
        return all.revocations_size();
      });
  if (!listed.ok()) return listed.status();
  Table table = Table::Of({"GRANT", "USER", "CLIENT", "PROVIDER", "DATA CENTRE",
                           "ENDED", "ATTEMPTS", "NEXT ATTEMPT"},
                          "No revocation waits for its provider.");
  const absl::Time now = SystemClock().Now();
  for (const v1::PendingRevocation& pending : listed->revocations()) {
    table.Add({pending.grant(), pending.user(), pending.client(),
               pending.provider(), pending.data_center(),
               TimeText(pending.has_end_time(), pending.end_time(), now),
               absl::StrCat(pending.attempts()),
               TimeText(pending.has_next_attempt_time(),
                        pending.next_attempt_time(), now)});
  }
  output.Print(*listed, table);
  return absl::OkStatus();
}

absl::Status Retry(const RetryOptions& options, Session& session,
                   const Output& output) {
  v1::RetryRevocationsRequest request;
  request.set_grant(options.grant);
  request.set_client(options.client);
  auto retried = session.Call<v1::Revocations>(
      &v1::Revocations::Stub::RetryRevocations, request);
  if (!retried.ok()) return retried.status();
  Table table = Table::OfFields();
  table.Add(
      {"tried now that had been put off", absl::StrCat(retried->hastened())});
  output.Print(*retried, table);
  return absl::OkStatus();
}

}  // namespace

void AddRevocationCommands(CLI::App& app, CommandLine& line) {
  CLI::App& noun = *AddNoun(app, "revocation",
                            "What providers must still be told to revoke");
  auto pending = std::make_shared<PendingOptions>();
  CLI::App* list =
      AddVerb(noun, line, "list",
              "List revocations that their provider has not confirmed, oldest "
              "first",
              pending, ListPending);
  list->add_option("--client", pending->client, "Only those of this client");
  list->add_option("--limit", pending->limit, "Show at most so many")
      ->check(CLI::PositiveNumber);

  auto retry = std::make_shared<RetryOptions>();
  CLI::App* verb =
      AddVerb(noun, line, "retry",
              "Try pending revocations now, without waiting for their turn",
              retry, Retry);
  verb->add_option("--grant", retry->grant, "Only that of this grant");
  verb->add_option("--client", retry->client, "Only those of this client");
}

}  // namespace bursar::client
