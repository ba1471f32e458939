#include "server/ledger/consent_store.h"

#include <optional>
#include <utility>

#include "server/core/reason.h"
#include "server/ledger/client_rows.h"

namespace bursar {
namespace {

// How long a used or expired consent is remembered, to tell a late user why.
constexpr absl::Duration kRemembered = absl::Hours(24);

PendingConsent ReadConsent(const Statement& row) {
  PendingConsent consent;
  consent.user = UserId(row.Text(3));
  consent.client = ClientName(row.Text(4));
  consent.data_center = DataCenter(row.Text(5));
  consent.scopes = Scopes::Parse(row.Text(6));
  consent.redirect_uri = row.Text(7);
  consent.actor = Actor(row.Text(8));
  consent.expiry = row.Time(9);
  return consent;
}

absl::Status MarkTaken(Database& database, int64_t number, absl::Time now) {
  return database
      .Query(
          "UPDATE consents SET taken = ?, verifier = NULL, "
          "verifier_key_id = NULL WHERE number = ?",
          {now, number})
      .Run();
}

}  // namespace

absl::Status SqliteConsentStore::Put(const PendingConsent& consent,
                                     absl::Time now) {
  Database& database = context_.database;
  const absl::StatusOr<ClientRow> client = FindClient(database, consent.client);
  if (!client.ok()) return client.status();
  const absl::Status purged =
      database
          .Query("DELETE FROM consents WHERE expiry < ?", {now - kRemembered})
          .Run();
  if (!purged.ok()) return purged;
  const absl::StatusOr<int64_t> number = NextNumber(database, "consents");
  if (!number.ok()) return number.status();
  Value verifier = std::nullopt;
  Value key_id = std::nullopt;
  if (!consent.verifier.empty()) {
    Sealed sealed = context_.sealer.Seal(
        consent.verifier, PlaceOf("consents", "verifier", *number));
    verifier = Blob{std::move(sealed.bytes)};
    key_id = sealed.key_id;
  }
  return database
      .Query(
          "INSERT INTO consents (number, state_digest, verifier, "
          "verifier_key_id, user_id, client, data_center, scopes, "
          "redirect_uri, actor, created, expiry) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          {*number, DigestOf(context_, consent.state), verifier, key_id,
           consent.user, client->number, consent.data_center, consent.scopes,
           consent.redirect_uri, consent.actor, now, consent.expiry})
      .Run();
}

absl::StatusOr<TakenConsent> SqliteConsentStore::Take(const Secret& state,
                                                      absl::Time now) {
  Statement row = context_.database.Query(
      "SELECT o.number, o.verifier, o.verifier_key_id, o.user_id, c.name, "
      "o.data_center, o.scopes, o.redirect_uri, o.actor, o.expiry, o.taken "
      "FROM consents o JOIN clients c ON c.number = o.client "
      "WHERE o.state_digest = ?",
      {DigestOf(context_, state)});
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return NotFound("state", "the state was never given out");
  TakenConsent taken;
  taken.consent = ReadConsent(row);
  if (!row.IsNull(10)) {
    taken.condition = TakenConsent::Condition::kUsed;
    return taken;
  }
  if (taken.consent.expiry <= now) {
    taken.condition = TakenConsent::Condition::kExpired;
    return taken;
  }
  if (!row.IsNull(1)) {
    absl::StatusOr<Secret> verifier = OpenSecret(
        context_.sealer, row, 1, PlaceOf("consents", "verifier", row.Int(0)));
    if (!verifier.ok()) return verifier.status();
    taken.consent.verifier = *std::move(verifier);
  }
  const absl::Status status = MarkTaken(context_.database, row.Int(0), now);
  if (!status.ok()) return status;
  return taken;
}

}  // namespace bursar
