#include "server/ledger/event_store.h"

#include "absl/strings/str_cat.h"
#include "server/ledger/chain_rows.h"
#include "server/ledger/listing.h"

namespace bursar {

absl::Status SqliteEventStore::Append(const Event& event) {
  const auto newest = ReadNewestEvent(context_.database);
  if (!newest.ok()) return newest.status();
  return AddEvent(context_.database, context_.notary, *newest, event).status();
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
  if (filter.after > 0) where.And("id > ?", Value(filter.after));
  where.AndIf(filter.newest_first ? "id < ?" : "id > ?", *after);
  return ReadPage(
      context_.database.Query(
          absl::StrCat("SELECT ", kEventColumns, " FROM events", where.sql(),
                       " ORDER BY id", filter.newest_first ? " DESC" : ""),
          where.values()),
      page, listing, ReadEvent,
      [](const Statement& row) { return absl::StrCat(row.Int(0)); });
}

}  // namespace bursar
