#include "server/ledger/event_store.h"

#include "absl/strings/str_cat.h"
#include "server/ledger/listing.h"

namespace bursar {
namespace {

Event ReadEvent(const Statement& row) {
  Event event;
  event.id = row.Int(0);
  event.time = row.Time(1);
  event.kind = row.Text(2);
  event.actor = Actor(row.Text(3));
  event.grant = GrantId(row.Text(4));
  event.user = UserId(row.Text(5));
  event.client = ClientName(row.Text(6));
  event.generation = row.Int(7);
  event.outcome = row.Text(8);
  return event;
}

}  // namespace

absl::Status SqliteEventStore::Append(const Event& event) {
  return context_.database
      .Query(
          "INSERT INTO events (id, time, kind, actor, grant_id, user_id, "
          "client, generation, outcome) "
          "SELECT coalesce(max(id), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ? "
          "FROM events",
          {event.time, event.kind, event.actor, event.grant, event.user,
           event.client, event.generation, event.outcome})
      .Run();
}

absl::StatusOr<Page<Event>> SqliteEventStore::List(const EventFilter& filter,
                                                   const PageRequest& page) {
  const absl::string_view listing =
      filter.newest_first ? "events-newest-first" : "events";
  const auto after = DecodeNumberCursor(listing, page.after);
  if (!after.ok()) return after.status();
  Where where;
  where.AndIf("grant_id = ?", filter.grant);
  where.AndIf("user_id = ?", filter.user);
  where.AndIf("client = ?", filter.client);
  where.AndIf(filter.newest_first ? "id < ?" : "id > ?", *after);
  return ReadPage(
      context_.database.Query(
          absl::StrCat("SELECT id, time, kind, actor, grant_id, user_id, "
                       "client, generation, outcome FROM events",
                       where.sql(), " ORDER BY id",
                       filter.newest_first ? " DESC" : ""),
          where.values()),
      page, listing, ReadEvent,
      [](const Statement& row) { return absl::StrCat(row.Int(0)); });
}

}  // namespace bursar
