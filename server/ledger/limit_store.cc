#include "server/ledger/limit_store.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "server/ledger/client_rows.h"
#include "server/ledger/grant_rows.h"
#include "server/ledger/listing.h"

namespace bursar {
namespace {

struct SubjectRow {
  ProviderName provider;
  UserId user;
  std::optional<int64_t> client;
  std::optional<int64_t> grant;
};

absl::StatusOr<SubjectRow> FindSubject(Database& database,
                                       const LimitSubject& subject) {
  SubjectRow row{subject.provider, subject.user, std::nullopt, std::nullopt};
  if (!subject.client.empty()) {
    const absl::StatusOr<ClientRow> client =
        FindClient(database, subject.client);
    if (!client.ok()) return client.status();
    row.client = client->number;
  }
  if (!subject.grant.empty()) {
    const absl::StatusOr<GrantRow> grant = FindGrant(database, subject.grant);
    if (!grant.ok()) return grant.status();
    row.grant = grant->number;
  }
  return row;
}

constexpr absl::string_view kActiveRefreshToken =
    "(SELECT number FROM refresh_tokens "
    "WHERE grant_number = ? AND state = 'active')";

// The rows of a table with columns `client` and `user_id` that are counted
// together with the subject's.
Where CountedWith(const SubjectRow& subject, CountedPer per) {
  Where where;
  switch (per) {
    case CountedPer::kUserAndClient:
      where.And("user_id = ?", subject.user);
      where.And("client = ?", subject.client);
      break;
    case CountedPer::kUser:
      where.And("user_id = ?", subject.user);
      // At all clients of one provider.
      where.And("client IN (SELECT number FROM clients WHERE provider = ?)",
                subject.provider);
      break;
    case CountedPer::kClient:
      where.And("client = ?", subject.client);
      break;
    case CountedPer::kRefreshToken:
      where.And(absl::StrCat("refresh_token = ", kActiveRefreshToken),
                subject.grant);
      break;
  }
  return where;
}

absl::string_view WordFor(Counted counted) {
  switch (counted) {
    case Counted::kCodes:
      return "code";
    case Counted::kRefreshTokens:
      return "refresh_token";
    case Counted::kAccessTokens:
    case Counted::kRedemptions:
      return "access_token";
  }
  return "";
}

absl::StatusOr<int64_t> OneNumber(Statement row) {
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  return *found ? row.Int(0) : 0;
}

// Refresh tokens that live at the provider, as far as is known here, oldest
// first: the grant's id and whether it is of use here.
Statement Living(Database& database, const SubjectRow& subject,
                 CountedPer per) {
  Where where = CountedWith(subject, per);
  where.And("(t.state = 'active' OR t.revocation = 'pending')");
  where.And("g.presumed_evicted IS NULL");
  return database.Query(
      absl::StrCat("SELECT g.id, t.state = 'active' FROM refresh_tokens t "
                   "JOIN grants g ON g.number = t.grant_number",
                   where.sql(), " ORDER BY t.number"),
      where.values());
}

absl::StatusOr<int64_t> CountRows(Statement rows) {
  for (int64_t count = 0;; ++count) {
    const absl::StatusOr<bool> found = rows.Next();
    if (!found.ok()) return found.status();
    if (!*found) return count;
  }
}

absl::StatusOr<int64_t> CountLiving(Database& database, const Limit& limit,
                                    const SubjectRow& subject, absl::Time now) {
  switch (limit.counted) {
    case Counted::kRefreshTokens:
      return CountRows(Living(database, subject, limit.per));
    case Counted::kAccessTokens:
      return OneNumber(database.Query(
          "SELECT count(*) FROM access_tokens WHERE grant_number = ? "
          "AND expiry > ?",
          {subject.grant, now}));
    case Counted::kRedemptions:
      return OneNumber(database.Query(
          "SELECT use_count FROM refresh_tokens WHERE grant_number = ? "
          "AND state = 'active'",
          {subject.grant}));
    case Counted::kCodes:
      break;
  }
  return 0;
}

absl::StatusOr<LimitCount> CountInWindow(Database& database, const Limit& limit,
                                         const SubjectRow& subject,
                                         absl::Time now) {
  Where where = CountedWith(subject, limit.per);
  where.And("counted = ?", WordFor(limit.counted));
  where.And("time > ?", now - *limit.within);
  Statement newest =
      database.Query(absl::StrCat("SELECT time FROM counted_uses", where.sql(),
                                  " ORDER BY time DESC"),
                     where.values());
  LimitCount count;
  while (true) {
    const absl::StatusOr<bool> found = newest.Next();
    if (!found.ok()) return found.status();
    if (!*found) return count;
    // The oldest of the newest at_most must go before there is room.
    if (++count.used == limit.at_most) {
      count.full_until = newest.Time(0) + *limit.within;
    }
  }
}

// The grant's use that was noted last.
constexpr absl::string_view kLastUse =
    "(SELECT max(u.number) FROM counted_uses u "
    "JOIN refresh_tokens t ON t.number = u.refresh_token "
    "WHERE t.grant_number = ?)";

}  // namespace

absl::StatusOr<LimitCount> SqliteLimitStore::Count(const Limit& limit,
                                                   const LimitSubject& subject,
                                                   absl::Time now) {
  const absl::StatusOr<SubjectRow> row =
      FindSubject(context_.database, subject);
  if (!row.ok()) return row.status();
  if (limit.within) return CountInWindow(context_.database, limit, *row, now);
  const absl::StatusOr<int64_t> living =
      CountLiving(context_.database, limit, *row, now);
  if (!living.ok()) return living.status();
  LimitCount count{*living, std::nullopt};
  if (count.used >= limit.at_most) count.full_until = absl::InfiniteFuture();
  return count;
}

absl::Status SqliteLimitStore::Note(Counted counted,
                                    const LimitSubject& subject,
                                    absl::Duration remembered, absl::Time now) {
  const absl::StatusOr<SubjectRow> row =
      FindSubject(context_.database, subject);
  if (!row.ok()) return row.status();
  const absl::Status purged =
      context_.database
          .Query("DELETE FROM counted_uses WHERE until <= ?", {now})
          .Run();
  if (!purged.ok()) return purged;
  return context_.database
      .Query(absl::StrCat("INSERT INTO counted_uses (counted, client, user_id, "
                          "refresh_token, time, until) VALUES (?, ?, ?, ",
                          kActiveRefreshToken, ", ?, ?)"),
             {WordFor(counted), row->client, row->user, row->grant, now,
              now + remembered})
      .Run();
}

absl::Status SqliteLimitStore::Settle(const GrantId& grant, absl::Time now) {
  const absl::StatusOr<GrantRow> row = FindGrant(context_.database, grant);
  if (!row.ok()) return row.status();
  return context_.database
      .Query(absl::StrCat("UPDATE counted_uses SET until = until + ? - time, "
                          "time = ? WHERE number = ",
                          kLastUse),
             {now, now, row->number})
      .Run();
}

absl::Status SqliteLimitStore::TakeBack(const GrantId& grant) {
  const absl::StatusOr<GrantRow> row = FindGrant(context_.database, grant);
  if (!row.ok()) return row.status();
  return context_.database
      .Query(absl::StrCat("DELETE FROM counted_uses WHERE number = ", kLastUse),
             {row->number})
      .Run();
}

absl::StatusOr<std::optional<GrantId>> SqliteLimitStore::NextEvicted(
    const Limit& cap, const LimitSubject& subject) {
  const absl::StatusOr<SubjectRow> row =
      FindSubject(context_.database, subject);
  if (!row.ok()) return row.status();
  Statement oldest = Living(context_.database, *row, cap.per);
  const absl::StatusOr<bool> found = oldest.Next();
  if (!found.ok()) return found.status();
  if (!*found || oldest.Int(1) == 0) return std::nullopt;
  return GrantId(oldest.Text(0));
}

}  // namespace bursar
