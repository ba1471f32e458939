#include "server/ledger/device_consent_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "server/core/reason.h"
#include "server/ledger/client_rows.h"
#include "server/ledger/names.h"

namespace bursar {
namespace {

// How long one that has ended can still be asked after.
constexpr absl::Duration kDeviceConsentRemembered = absl::Hours(24);

// What ReadDeviceConsent reads.
constexpr char kDeviceConsentColumns[] =
    "d.id, d.user_id, c.name, d.data_center, d.scopes, d.actor, d.state, "
    "d.reason, d.grant_id, d.expiry";
constexpr int kAfterDeviceConsent = 10;

constexpr char kFromDeviceConsents[] =
    " FROM device_consents d JOIN clients c ON c.number = d.client ";

DeviceConsent ReadDeviceConsent(const Statement& row) {
  DeviceConsent consent;
  consent.id = DeviceConsentId(row.Text(0));
  consent.user = UserId(row.Text(1));
  consent.client = ClientName(row.Text(2));
  consent.data_center = DataCenter(row.Text(3));
  consent.scopes = Scopes::Parse(row.Text(4));
  consent.actor = Actor(row.Text(5));
  consent.state = DeviceConsentStateNamed(row.Text(6));
  if (!row.IsNull(7)) consent.reason = ReasonNamed(row.Text(7));
  if (!row.IsNull(8)) consent.grant = GrantId(row.Text(8));
  consent.expiry = row.Time(9);
  return consent;
}

// Also reads interval, next poll, number, device code and its key's id.
absl::StatusOr<PendingDeviceConsent> ReadPending(const StoreContext& context,
                                                 const Statement& row) {
  constexpr int kFirst = kAfterDeviceConsent;
  PendingDeviceConsent pending;
  pending.consent = ReadDeviceConsent(row);
  pending.interval = absl::Microseconds(row.Int(kFirst));
  pending.next_poll = row.Time(kFirst + 1);
  absl::StatusOr<Secret> code = OpenSecret(
      context.sealer, row, kFirst + 3,
      PlaceOf("device_consents", "device_code", row.Int(kFirst + 2)));
  if (code.ok()) {
    pending.device_code = *std::move(code);
  } else if (IsKeyUnavailable(code.status())) {
    // It must not keep the others back.
    pending.unreadable = code.status();
  } else {
    return code.status();
  }
  return pending;
}

}  // namespace

absl::Status SqliteDeviceConsentStore::Put(const PendingDeviceConsent& pending,
                                           absl::Time now) {
  Database& database = context_.database;
  const DeviceConsent& consent = pending.consent;
  const absl::StatusOr<ClientRow> client = FindClient(database, consent.client);
  if (!client.ok()) return client.status();
  const absl::Status purged =
      database
          .Query("DELETE FROM device_consents WHERE ended < ?",
                 {now - kDeviceConsentRemembered})
          .Run();
  if (!purged.ok()) return purged;
  const absl::StatusOr<int64_t> number =
      NextNumber(database, "device_consents");
  if (!number.ok()) return number.status();
  Sealed sealed = context_.sealer.Seal(
      pending.device_code, PlaceOf("device_consents", "device_code", *number));
  return database
      .Query(
          "INSERT INTO device_consents (number, id, device_code, "
          "device_code_key_id, user_id, client, data_center, scopes, actor, "
          "interval, next_poll, created, expiry) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          {*number, consent.id, Blob{std::move(sealed.bytes)}, sealed.key_id,
           consent.user, client->number, consent.data_center, consent.scopes,
           consent.actor, int64_t{absl::ToInt64Microseconds(pending.interval)},
           pending.next_poll, now, consent.expiry})
      .Run();
}

absl::StatusOr<DeviceConsent> SqliteDeviceConsentStore::Get(
    const DeviceConsentId& id) {
  Statement row = context_.database.Query(
      absl::StrCat("SELECT ", kDeviceConsentColumns, kFromDeviceConsents,
                   "WHERE d.id = ?"),
      {id});
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return absl::NotFoundError("no such device consent");
  return ReadDeviceConsent(row);
}

absl::StatusOr<std::vector<PendingDeviceConsent>>
SqliteDeviceConsentStore::Pending(int limit) {
  Statement row = context_.database.Query(
      absl::StrCat("SELECT ", kDeviceConsentColumns,
                   ", d.interval, d.next_poll, d.number, d.device_code, "
                   "d.device_code_key_id",
                   kFromDeviceConsents,
                   "WHERE d.state = 'pending' "
                   "ORDER BY d.next_poll, d.number LIMIT ?"),
      {limit});
  std::vector<PendingDeviceConsent> all;
  while (true) {
    const absl::StatusOr<bool> found = row.Next();
    if (!found.ok()) return found.status();
    if (!*found) return all;
    absl::StatusOr<PendingDeviceConsent> pending = ReadPending(context_, row);
    if (!pending.ok()) return pending.status();
    all.push_back(*std::move(pending));
  }
}

absl::StatusOr<bool> SqliteDeviceConsentStore::Reschedule(
    const PendingDeviceConsent& pending, absl::Time was) {
  Database& database = context_.database;
  const absl::Status status =
      database
          .Query(
              "UPDATE device_consents SET data_center = ?, interval = ?, "
              "next_poll = ? WHERE id = ? AND next_poll = ? "
              "AND state = 'pending'",
              {pending.consent.data_center,
               int64_t{absl::ToInt64Microseconds(pending.interval)},
               pending.next_poll, pending.consent.id, was})
          .Run();
  if (!status.ok()) return status;
  return database.Changes() > 0;
}

absl::StatusOr<bool> SqliteDeviceConsentStore::End(const DeviceConsentId& id,
                                                   const DeviceConsentEnd& end,
                                                   absl::Time now) {
  if (end.state == DeviceConsentState::kPending) {
    return absl::InvalidArgumentError("that does not end a device's consent");
  }
  Value reason = std::nullopt;
  if (end.reason) reason = ReasonName(*end.reason);
  Database& database = context_.database;
  const absl::Status status =
      database
          .Query(
              "UPDATE device_consents SET state = ?, reason = ?, grant_id = ?, "
              "ended = ?, next_poll = NULL, device_code = NULL, "
              "device_code_key_id = NULL WHERE id = ? AND state = 'pending'",
              {NameOf(end.state), reason, end.grant, now, id})
          .Run();
  if (!status.ok()) return status;
  return database.Changes() > 0;
}

}  // namespace bursar
