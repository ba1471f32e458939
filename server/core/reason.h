// Why something was refused, in a form that machines read. The core puts a
// reason into every absl::Status that leaves it; rpc/status translates it for
// the wire, web/ for people. The names and their meaning are those of
// proto/bursar/v1/errors.proto. Pure; no locking.

#ifndef BURSAR_SERVER_CORE_REASON_H_
#define BURSAR_SERVER_CORE_REASON_H_

#include <map>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bursar {

enum class Reason {
  kFieldInvalid,
  kResourceNotFound,
  kResourceExists,
  kEtagStale,
  kConsentRequired,
  kClientMisconfigured,
  kClientInUse,
  kStateUnusable,
  kCodeRefused,
  kNoRefreshToken,
  kConsentDeclined,
  kMinTtlUnattainable,
  kProviderLimitReached,
  kProviderThrottled,
  kProviderUnreachable,
  kProviderUntrusted,
  kProviderConnectionLost,
  kProviderTimedOut,
  kProviderError,
  kProviderUnavailable,
  kProviderAnswerMalformed,
  kProviderAnswerTooLarge,
  kProviderExpiryInvalid,
  kLedgerUnavailable,
  kKeyUnavailable,
  kCredentialsInvalid,
  kPermissionDenied,
  kCallerThrottled,
  kServerOverloaded,
  kWatchFellBehind,
  kShuttingDown,
};

/// The name on the wire and in the ledger, such as "CONSENT_REQUIRED".
absl::string_view ReasonName(Reason reason);

/// The reason of that name, or nullopt.
std::optional<Reason> ReasonNamed(absl::string_view name);

/// Everything that a refusal says.
struct Refusal {
  Reason reason;
  /// For people: what is wrong and what to do.
  std::string message;
  /// When it is worth asking again.
  std::optional<absl::Duration> retry_after;
  /// The path of the request's field, for kFieldInvalid.
  std::string field;
  std::map<std::string, std::string> metadata;
};

/// A status with the reason's own code that carries all of `refusal`.
absl::Status ToStatus(const Refusal& refusal);

/// What ToStatus put in, or nullopt for a status from elsewhere.
std::optional<Refusal> RefusalOf(const absl::Status& status);

/// Short forms of the commonest.
absl::Status FieldInvalid(absl::string_view field, absl::string_view what);
absl::Status NotFound(absl::string_view resource, absl::string_view message);
absl::Status ConsentRequired(absl::string_view why, absl::string_view message);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_REASON_H_
