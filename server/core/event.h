// The events that the core appends, in one place so that no two spell a kind
// differently. docs/operations.md says what each means. Pure; no locking.

#ifndef BURSAR_SERVER_CORE_EVENT_H_
#define BURSAR_SERVER_CORE_EVENT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/core/types.h"

namespace bursar::event {

inline constexpr absl::string_view kApiKeyCreated = "api_key.created";
inline constexpr absl::string_view kApiKeyRevoked = "api_key.revoked";
inline constexpr absl::string_view kClientDeleted = "client.deleted";
inline constexpr absl::string_view kClientMisconfigured =
    "client.misconfigured";
inline constexpr absl::string_view kConsentBegun = "consent.begun";
inline constexpr absl::string_view kConsentDeclined = "consent.declined";
inline constexpr absl::string_view kConsentFailed = "consent.failed";
inline constexpr absl::string_view kGrantCreated = "grant.created";
inline constexpr absl::string_view kGrantImported = "grant.imported";
inline constexpr absl::string_view kGrantSuperseded = "grant.superseded";
inline constexpr absl::string_view kGrantRevoked = "grant.revoked";
inline constexpr absl::string_view kGrantDead = "grant.dead";
inline constexpr absl::string_view kGrantPresumedEvicted =
    "grant.presumed_evicted";
inline constexpr absl::string_view kEventsRemoved = "events.removed";
inline constexpr absl::string_view kKeysRotationBegun = "keys.rotation_begun";
inline constexpr absl::string_view kKeysRotated = "keys.rotated";
inline constexpr absl::string_view kLimitNear = "limit.near";
inline constexpr absl::string_view kTokensDelivered = "tokens.delivered";
inline constexpr absl::string_view kTokenRefreshed = "token.refreshed";
inline constexpr absl::string_view kRefreshFailed = "refresh.failed";
inline constexpr absl::string_view kRevocationConfirmed =
    "revocation.confirmed";
inline constexpr absl::string_view kRevocationRefused = "revocation.refused";

/// "ok", or the name of the reason in `status`.
std::string OutcomeOf(const absl::Status& status);

/// An event about a grant.
Event About(const Grant& grant, absl::string_view kind, const Actor& actor,
            absl::Time now, const absl::Status& status = absl::OkStatus());

/// An event about a user and a client, before there is a grant.
Event About(const UserId& user, const ClientName& client,
            absl::string_view kind, const Actor& actor, absl::Time now,
            const absl::Status& status = absl::OkStatus());

/// The server itself as an actor.
Actor Server();

}  // namespace bursar::event

#endif  // BURSAR_SERVER_CORE_EVENT_H_
