#include "server/ledger/usage_store.h"

#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "server/core/reason.h"
#include "server/ledger/grant_rows.h"
#include "server/ledger/listing.h"
#include "server/ledger/names.h"

namespace bursar {
namespace {

// What differs between the groups: the user's and the client's column, as an
// expression or as an empty text, and what a user's rows are ordered by.
struct Grouping {
  absl::string_view listing;
  absl::string_view user;
  absl::string_view client;
  absl::string_view order;
};

Grouping GroupingBy(UsageGroup group) {
  switch (group) {
    case UsageGroup::kUserAndClient:
      return {"usage", "g.user_id", "c.name", "row_client"};
    case UsageGroup::kUser:
      return {"usage-by-user", "g.user_id", "''", "row_provider"};
    case UsageGroup::kClient:
      return {"usage-by-client", "''", "c.name", "row_client"};
  }
  return {};
}

// The grants of a deleted client count no more: its name may be another's.
std::string UsageSql(const Grouping& grouping, const Where& where) {
  return absl::StrCat(
      "SELECT ", grouping.user, " AS row_user, ", grouping.client,
      " AS row_client, c.provider AS row_provider, "
      "sum(t.state = 'active' OR t.revocation = 'pending'), "
      "sum(1 + t.forgotten), sum((t.state = 'rotated') + t.forgotten), "
      "sum(t.use_count + t.forgotten_uses), "
      "count(DISTINCT g.active_number) "
      "FROM grants g "
      "JOIN clients c ON c.number = g.client AND c.deleted IS NULL "
      "JOIN refresh_tokens t ON t.grant_number = g.number",
      where.sql(), " GROUP BY row_user, row_client, row_provider ",
      "HAVING (row_user, ", grouping.order, ") > (?, ?) ORDER BY row_user, ",
      grouping.order);
}

Usage ReadUsage(const Statement& row) {
  return {UserId(row.Text(0)),
          ClientName(row.Text(1)),
          ProviderName(row.Text(2)),
          row.Int(3),
          row.Int(4),
          row.Int(5),
          row.Int(6),
          row.Int(7)};
}

// The user's length parts the two names, whatever they are made of.
std::string PositionOf(const Statement& row) {
  const std::string user = row.Text(0);
  const std::string client = row.Text(1);
  return absl::StrCat(user.size(), ":", user,
                      client.empty() ? row.Text(2) : client);
}

// A user, and what their rows are ordered by.
using UserAndOrder = std::pair<std::string, std::string>;

std::optional<UserAndOrder> ParsePosition(absl::string_view position) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(position, absl::MaxSplits(':', 1));
  std::size_t length = 0;
  if (!absl::SimpleAtoi(parts.first, &length) || length > parts.second.size()) {
    return std::nullopt;
  }
  return UserAndOrder(parts.second.substr(0, length),
                      parts.second.substr(length));
}

RefreshTokenRecord ReadRefreshToken(const Statement& row) {
  RefreshTokenRecord record;
  record.generation = row.Int(1);
  record.state = RefreshTokenStateNamed(row.Text(2));
  record.revocation = RevocationStateNamed(row.Text(3));
  record.use_count = row.Int(4);
  record.created = row.Time(5);
  record.last_used = row.OptionalTime(6);
  record.ended = row.OptionalTime(7);
  return record;
}

}  // namespace

absl::StatusOr<Page<Usage>> SqliteUsageStore::List(const UsageFilter& filter,
                                                   const PageRequest& page) {
  const Grouping grouping = GroupingBy(filter.group);
  const auto after = DecodeCursor(grouping.listing, page.after);
  if (!after.ok()) return after.status();
  const std::optional<UserAndOrder> position =
      *after ? ParsePosition(**after) : UserAndOrder();
  if (!position) {
    return FieldInvalid("page_token", "is not one of this listing's");
  }
  Where where;
  where.AndIf("g.user_id = ?", filter.user);
  where.AndIf("c.name = ?", filter.client);
  std::vector<Value> values = where.values();
  values.push_back(position->first);
  values.push_back(position->second);
  return ReadPage(context_.database.Query(UsageSql(grouping, where), values),
                  page, grouping.listing, ReadUsage, PositionOf);
}

absl::StatusOr<Page<RefreshTokenRecord>> SqliteUsageStore::RefreshTokens(
    const GrantId& grant, const PageRequest& page) {
  const auto after = DecodeNumberCursor("refresh-tokens", page.after);
  if (!after.ok()) return after.status();
  const absl::StatusOr<GrantRow> row = FindGrant(context_.database, grant);
  if (!row.ok()) return row.status();
  absl::StatusOr<Page<RefreshTokenRecord>> records = ReadPage(
      context_.database.Query(
          "SELECT number, generation, state, revocation, use_count, created, "
          "last_used, ended FROM refresh_tokens "
          "WHERE grant_number = ? AND number > ? ORDER BY number",
          {row->number, after->value_or(0)}),
      page, "refresh-tokens", ReadRefreshToken,
      [](const Statement& token) { return absl::StrCat(token.Int(0)); });
  if (!records.ok()) return records;
  for (RefreshTokenRecord& record : records->items) record.grant = grant;
  return records;
}

}  // namespace bursar
