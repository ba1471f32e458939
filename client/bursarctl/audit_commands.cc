// bursarctl audit: what vouches for the ledger's record, and who got which
// tokens. The verb that checks a copy is next door.

#include <iostream>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "bursar/v1/audit.grpc.pb.h"
#include "client/bursarctl/audit_verify.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/event_follow.h"
#include "client/bursarctl/text.h"
#include "server/base/clock.h"

namespace bursar::client {
namespace {

using Audit = v1::Audit;

struct NoOptions {};

struct TailOptions {
  v1::ListEventsRequest request;
  int lines = 10;
  bool follow = false;
};

struct DeliveriesOptions {
  v1::ListDeliveriesRequest request;
  int limit = 0;
};

int DeliveriesIn(const v1::ListDeliveriesResponse& all) {
  return all.deliveries_size();
}

absl::Status PrintPublicKey(const NoOptions&, Session& session,
                            const Output& output) {
  auto head = session.Call<Audit>(&Audit::Stub::GetAuditHead,
                                  v1::GetAuditHeadRequest());
  if (!head.ok()) return head.status();
  if (output.format() == Format::kJson) {
    output.Print(*head, Table::OfFields());
  } else {
    std::cout << absl::Base64Escape(head->public_key()) << "\n";
  }
  return absl::OkStatus();
}

absl::Status PrintHead(const NoOptions&, Session& session,
                       const Output& output) {
  auto head = session.Call<Audit>(&Audit::Stub::GetAuditHead,
                                  v1::GetAuditHeadRequest());
  if (!head.ok()) return head.status();
  output.Print(*head, HeadTable(*head, SystemClock().Now()));
  return absl::OkStatus();
}

absl::Status Tail(const TailOptions& options, Session& session,
                  const Output& output) {
  const auto last = ShowNewest(options.request, options.lines, session, output);
  if (!last.ok() || !options.follow) return last.status();
  return FollowEvents(options.request, *last, session, output);
}

absl::Status Deliveries(const DeliveriesOptions& options, Session& session,
                        const Output& output) {
  auto listed =
      session.List<Audit>(&Audit::Stub::ListDeliveries, options.request,
                          options.limit, DeliveriesIn);
  if (!listed.ok()) return listed.status();
  Table table =
      Table::Of({"CALLER", "GRANT", "USER", "CLIENT", "COUNT", "FIRST", "LAST"},
                "Nothing was delivered.");
  const absl::Time now = SystemClock().Now();
  for (const v1::Delivery& delivery : listed->deliveries()) {
    table.Add({delivery.caller(), delivery.grant(), delivery.user(),
               delivery.client(), absl::StrCat(delivery.count()),
               TimeText(true, delivery.first_time(), now),
               TimeText(true, delivery.last_time(), now)});
  }
  output.Print(*listed, table);
  return absl::OkStatus();
}

void AddTail(CLI::App& noun, CommandLine& line) {
  auto options = std::make_shared<TailOptions>();
  CLI::App* verb = AddVerb(
      noun, line, "tail", "Show the newest events, a line each", options, Tail);
  AddEventFilters(*verb, options->request);
  verb->add_option("--lines", options->lines, "How many; 10 if not given")
      ->check(CLI::PositiveNumber);
  verb->add_flag("--follow", options->follow,
                 "Then show those that come, until stopped");
}

void AddDeliveries(CLI::App& noun, CommandLine& line) {
  auto options = std::make_shared<DeliveriesOptions>();
  CLI::App* verb = AddVerb(noun, line, "deliveries",
                           "List which caller got which grant's tokens",
                           options, Deliveries);
  v1::ListDeliveriesRequest& request = options->request;
  verb->add_option_function<std::string>(
      "--caller", [&request](const auto& v) { request.set_caller(v); },
      "Only what this caller got");
  verb->add_option_function<std::string>(
      "--grant", [&request](const auto& v) { request.set_grant(v); },
      "Only what was got of this grant");
  verb->add_option("--limit", options->limit, "Show at most so many")
      ->check(CLI::PositiveNumber);
}

}  // namespace

void AddAuditCommands(CLI::App& app, CommandLine& line) {
  CLI::App& noun =
      *AddNoun(app, "audit", "The record, and whether it is whole");
  AddVerifyVerb(noun, line);
  AddTail(noun, line);
  AddDeliveries(noun, line);
  AddVerb(noun, line, "public-key",
          "Print the key that the record is signed with, to be kept elsewhere",
          std::make_shared<NoOptions>(), PrintPublicKey);
  AddVerb(noun, line, "head",
          "Print the newest event as it was signed, to be kept elsewhere",
          std::make_shared<NoOptions>(), PrintHead);
}

}  // namespace bursar::client
