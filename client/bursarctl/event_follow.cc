#include "client/bursarctl/event_follow.h"

#include <chrono>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "client/bursarctl/text.h"
#include "server/base/clock.h"

namespace bursar::client {
namespace {

constexpr std::chrono::seconds kFollowInterval(1);

int CountOf(const v1::ListEventsResponse& all) { return all.events_size(); }

void ShowLine(const v1::Event& event, const Output& output) {
  Table table = Table::OfFields();
  table.Add(RowOf(event, SystemClock().Now()));
  output.PrintLine(event, table);
}

}  // namespace

Table EventTable() {
  return Table::Of({"ID", "TIME", "EVENT", "OUTCOME", "ACTOR", "USER", "CLIENT",
                    "GRANT", "GENERATION"},
                   "No events.");
}

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

void AddEventFilters(CLI::App& verb, v1::ListEventsRequest& request) {
  verb.add_option_function<std::string>(
      "--grant", [&request](const auto& v) { request.set_grant(v); },
      "Only events about this grant");
  verb.add_option_function<std::string>(
      "--user", [&request](const auto& v) { request.set_user(v); },
      "Only events about this user");
  verb.add_option_function<std::string>(
      "--client", [&request](const auto& v) { request.set_client(v); },
      "Only events about this client");
}

absl::StatusOr<int64_t> ShowNewest(v1::ListEventsRequest request, int count,
                                   Session& session, const Output& output) {
  request.set_newest_first(true);
  auto listed = session.List<v1::Events>(&v1::Events::Stub::ListEvents, request,
                                         count, CountOf);
  if (!listed.ok()) return listed.status();
  for (int i = listed->events_size(); i > 0; --i) {
    ShowLine(listed->events(i - 1), output);
  }
  return listed->events_size() == 0 ? 0 : listed->events(0).id();
}

absl::Status FollowEvents(v1::ListEventsRequest request, int64_t last,
                          Session& session, const Output& output) {
  request.set_newest_first(false);
  while (true) {
    request.set_after_id(last);
    auto listed = session.List<v1::Events>(&v1::Events::Stub::ListEvents,
                                           request, 0, CountOf);
    if (!listed.ok()) return listed.status();
    for (const v1::Event& event : listed->events()) {
      ShowLine(event, output);
      last = event.id();
    }
    std::this_thread::sleep_for(kFollowInterval);
  }
}

}  // namespace bursar::client
