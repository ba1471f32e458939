#include "server/ledger/begun_grant_store.h"

#include "absl/strings/str_cat.h"
#include "server/core/reason.h"
#include "server/ledger/listing.h"

namespace bursar {

absl::StatusOr<Page<BegunGrant>> SqliteBegunGrantStore::List(
    const PageRequest& page) {
  const auto after = DecodeNumberCursor("begun_grants", page.after);
  if (!after.ok()) return after.status();
  return ReadPage(
      context_.database.Query(
          "SELECT g.number, g.begun_by, g.user_id, c.name "
          "FROM grants g JOIN clients c ON c.number = g.client "
          "WHERE g.number > ? AND g.begun_by <> '' AND c.deleted IS NULL "
          "ORDER BY g.number",
          {after->value_or(0)}),
      page, "begun_grants",
      [](const Statement& row) {
        return BegunGrant{Actor(row.Text(1)), UserId(row.Text(2)),
                          ClientName(row.Text(3))};
      },
      [](const Statement& row) { return absl::StrCat(row.Int(0)); });
}

absl::StatusOr<BegunGrant> SqliteBegunGrantStore::Get(const GrantId& id) {
  Statement row = context_.database.Query(
      "SELECT g.begun_by, g.user_id, c.name "
      "FROM grants g JOIN clients c ON c.number = g.client WHERE g.id = ?",
      {id});
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return NotFound("grant", "there is no such grant");
  return BegunGrant{Actor(row.Text(0)), UserId(row.Text(1)),
                    ClientName(row.Text(2))};
}

}  // namespace bursar
