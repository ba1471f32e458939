// bursarctl event: the ledger's record.

#include "bursar/v1/events.grpc.pb.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/event_follow.h"
#include "server/base/clock.h"

namespace bursar::client {
namespace {

using Events = v1::Events;

// How many events are shown before those that come.
constexpr int kFollowFrom = 10;

struct EventOptions {
  v1::ListEventsRequest request;
  int limit = 0;
  bool follow = false;
};

int Count(const v1::ListEventsResponse& all) { return all.events_size(); }

absl::Status ListOnce(const EventOptions& options, Session& session,
                      const Output& output) {
  auto listed = session.List<Events>(&Events::Stub::ListEvents, options.request,
                                     options.limit, Count);
  if (!listed.ok()) return listed.status();
  Table table = EventTable();
  const absl::Time now = SystemClock().Now();
  for (const v1::Event& event : listed->events()) {
    table.Add(RowOf(event, now));
  }
  output.Print(*listed, table);
  return absl::OkStatus();
}

absl::Status Follow(const EventOptions& options, Session& session,
                    const Output& output) {
  const auto last = ShowNewest(options.request,
                               options.limit == 0 ? kFollowFrom : options.limit,
                               session, output);
  if (!last.ok()) return last.status();
  return FollowEvents(options.request, *last, session, output);
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
  AddEventFilters(*verb, request);
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
