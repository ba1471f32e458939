// bursarctl event: the ledger's record.

#include <chrono>
#include <thread>

#include "absl/strings/str_cat.h"
#include "bursar/v1/events.grpc.pb.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/text.h"
#include "server/base/clock.h"

namespace bursar::client {
namespace {

using Events = v1::Events;

constexpr std::chrono::seconds kFollowInterval(1);
// How many events are shown before those that come.
constexpr int kFollowFrom = 10;

struct EventOptions {
  v1::ListEventsRequest request;
  int limit = 0;
  bool follow = false;
};

Table::Row RowOf(const v1::Event& event, absl::Time now) {
  return {absl::StrCat(event.id()),
          TimeText(event.has_time(), event.time(), now),
          event.kind(),
          event.outcome(),
          event.actor(),
          event.user(),
          event.client(),
          event.grant(),
          event.generation() == 0 ? "" : absl::StrCat(event.generation())};
}

int Count(const v1::ListEventsResponse& all) { return all.events_size(); }

absl::Status ListOnce(const EventOptions& options, Session& session,
                      const Output& output) {
  auto listed = session.List<Events>(&Events::Stub::ListEvents, options.request,
                                     options.limit, Count);
  if (!listed.ok()) return listed.status();
  Table table = Table::Of({"ID", "TIME", "EVENT", "OUTCOME", "ACTOR", "USER",
                           "CLIENT", "GRANT", "GENERATION"},
                          "No events.");
  const absl::Time now = SystemClock().Now();
  for (const v1::Event& event : listed->events()) {
    table.Add(RowOf(event, now));
  }
  output.Print(*listed, table);
  return absl::OkStatus();
}

// The events after `last`, newest first; the newest few if it is 0.
absl::StatusOr<std::vector<v1::Event>> NewerThan(int64_t last,
                                                 const EventOptions& options,
                                                 Session& session) {
  v1::ListEventsRequest request = options.request;
  request.set_newest_first(true);
  std::vector<v1::Event> events;
  do {
    if (last == 0) {
      request.set_page_size(options.limit == 0 ? kFollowFrom : options.limit);
    }
    auto page = session.Call<Events>(&Events::Stub::ListEvents, request);
    if (!page.ok()) return page.status();
    for (const v1::Event& event : page->events()) {
      if (event.id() <= last) return events;
      events.push_back(event);
    }
    request.set_page_token(page->next_page_token());
  } while (last != 0 && !request.page_token().empty());
  return events;
}

absl::Status Follow(const EventOptions& options, Session& session,
                    const Output& output) {
  int64_t last = 0;
  while (true) {
    auto events = NewerThan(last, options, session);
    if (!events.ok()) return events.status();
    for (auto event = events->rbegin(); event != events->rend(); ++event) {
      Table table = Table::OfFields();
      table.Add(RowOf(*event, SystemClock().Now()));
      output.PrintLine(*event, table);
      last = event->id();
    }
    std::this_thread::sleep_for(kFollowInterval);
  }
}

absl::Status List(const EventOptions& options, Session& session,
                  const Output& output) {
  return options.follow ? Follow(options, session, output)
                        : ListOnce(options, session, output);
}

}  // namespace

void AddEventCommands(CLI::App& app, CommandLine& line) {
  CLI::App& noun = *AddNoun(app, "event", "What happened, from the ledger");
  auto options = std::make_shared<EventOptions>();
  CLI::App* verb =
      AddVerb(noun, line, "list", "List events, oldest first", options, List);
  v1::ListEventsRequest& request = options->request;
  verb->add_option_function<std::string>(
      "--grant", [&request](const auto& v) { request.set_grant(v); },
      "Only events about this grant");
  verb->add_option_function<std::string>(
      "--user", [&request](const auto& v) { request.set_user(v); },
      "Only events about this user");
  verb->add_option_function<std::string>(
      "--client", [&request](const auto& v) { request.set_client(v); },
      "Only events about this client");
  CLI::Option* newest = verb->add_flag_function(
      "--newest-first", [&request](int64_t) { request.set_newest_first(true); },
      "Newest first");
  verb->add_option("--limit", options->limit, "Show at most so many")
      ->check(CLI::PositiveNumber);
  verb->add_flag("--follow", options->follow,
                 "Show the newest few, then those that come, until stopped")
      ->excludes(newest);
}

}  // namespace bursar::client
