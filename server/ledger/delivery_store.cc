#include "server/ledger/delivery_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "server/ledger/listing.h"

namespace bursar {
namespace {

// Before conditions and an order.
constexpr char kDeliveryRows[] =
    "SELECT d.number, d.caller, g.id, d.count, d.first, d.last, g.user_id, "
    "c.name, g.generation FROM deliveries d "
    "JOIN grants g ON g.number = d.grant_number "
    "JOIN clients c ON c.number = g.client";

DeliveryRecord ReadDelivery(const Statement& row) {
  return {{Actor(row.Text(1)), GrantId(row.Text(2)), row.Int(3), row.Time(4),
           row.Time(5)},
          UserId(row.Text(6)),
          ClientName(row.Text(7)),
          row.Int(8)};
}

}  // namespace

absl::StatusOr<std::vector<DeliveryRecord>> SqliteDeliveryStore::Add(
    const std::vector<Delivery>& deliveries, absl::Duration interval,
    absl::Time now) {
  std::vector<DeliveryRecord> due;
  for (const Delivery& delivery : deliveries) {
    const absl::Status added = AddOne(delivery);
    if (!added.ok()) return added;
    auto told = TellIfDue(delivery, interval, now);
    if (!told.ok()) return told.status();
    if (*told) due.push_back(**std::move(told));
  }
  return due;
}

absl::Status SqliteDeliveryStore::AddOne(const Delivery& delivery) {
  return context_.database
      .Query(
          "INSERT INTO deliveries (grant_number, caller, count, first, last) "
          "SELECT number, ?, ?, ?, ? FROM grants WHERE id = ? "
          "ON CONFLICT (grant_number, caller) DO UPDATE SET "
          "count = count + excluded.count, first = min(first, excluded.first), "
          "last = max(last, excluded.last)",
          {delivery.caller, delivery.count, delivery.first, delivery.last,
           delivery.grant})
      .Run();
}

absl::StatusOr<std::optional<DeliveryRecord>> SqliteDeliveryStore::TellIfDue(
    const Delivery& delivery, absl::Duration interval, absl::Time now) {
  Statement row = context_.database.Query(
      absl::StrCat(kDeliveryRows,
                   " WHERE g.id = ? AND d.caller = ? "
                   "AND coalesce(d.told <= ?, true)"),
      {delivery.grant, delivery.caller, now - interval});
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return std::nullopt;
  DeliveryRecord record = ReadDelivery(row);
  const absl::Status told =
      context_.database
          .Query("UPDATE deliveries SET told = ? WHERE number = ?",
                 {now, row.Int(0)})
          .Run();
  if (!told.ok()) return told;
  return record;
}

absl::StatusOr<Page<DeliveryRecord>> SqliteDeliveryStore::List(
    const DeliveryFilter& filter, const PageRequest& page) {
  const auto after = DecodeNumberCursor("deliveries", page.after);
  if (!after.ok()) return after.status();
  Where where;
  where.AndIf("d.caller = ?", filter.caller);
  where.AndIf("g.id = ?", filter.grant);
  where.AndIf("d.number > ?", *after);
  return ReadPage(
      context_.database.Query(
          absl::StrCat(kDeliveryRows, where.sql(), " ORDER BY d.number"),
          where.values()),
      page, "deliveries", ReadDelivery,
      [](const Statement& row) { return absl::StrCat(row.Int(0)); });
}

absl::Status SqliteDeliveryStore::Forget(absl::Time before) {
  return context_.database
      .Query("DELETE FROM deliveries WHERE last < ?", {before})
      .Run();
}

}  // namespace bursar
