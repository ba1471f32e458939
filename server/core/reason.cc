#include "server/core/reason.h"

#include <algorithm>
#include <array>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace bursar {
namespace {

struct Entry {
  Reason reason;
  absl::string_view name;
  absl::StatusCode code;
};

constexpr std::array kEntries = {
    Entry{Reason::kFieldInvalid, "FIELD_INVALID",
          absl::StatusCode::kInvalidArgument},
    Entry{Reason::kResourceNotFound, "RESOURCE_NOT_FOUND",
          absl::StatusCode::kNotFound},
    Entry{Reason::kResourceExists, "RESOURCE_EXISTS",
          absl::StatusCode::kAlreadyExists},
    Entry{Reason::kEtagStale, "ETAG_STALE", absl::StatusCode::kAborted},
    Entry{Reason::kConsentRequired, "CONSENT_REQUIRED",
          absl::StatusCode::kFailedPrecondition},
    Entry{Reason::kClientMisconfigured, "CLIENT_MISCONFIGURED",
          absl::StatusCode::kFailedPrecondition},
    Entry{Reason::kClientInUse, "CLIENT_IN_USE",
          absl::StatusCode::kFailedPrecondition},
    Entry{Reason::kStateUnusable, "STATE_UNUSABLE",
          absl::StatusCode::kFailedPrecondition},
    Entry{Reason::kCodeRefused, "CODE_REFUSED",
          absl::StatusCode::kFailedPrecondition},
    Entry{Reason::kNoRefreshToken, "NO_REFRESH_TOKEN",
          absl::StatusCode::kFailedPrecondition},
    Entry{Reason::kConsentDeclined, "CONSENT_DECLINED",
          absl::StatusCode::kFailedPrecondition},
    Entry{Reason::kMinTtlUnattainable, "MIN_TTL_UNATTAINABLE",
          absl::StatusCode::kOutOfRange},
    Entry{Reason::kProviderLimitReached, "PROVIDER_LIMIT_REACHED",
          absl::StatusCode::kResourceExhausted},
    Entry{Reason::kProviderThrottled, "PROVIDER_THROTTLED",
          absl::StatusCode::kResourceExhausted},
    Entry{Reason::kProviderUnreachable, "PROVIDER_UNREACHABLE",
          absl::StatusCode::kUnavailable},
    Entry{Reason::kProviderUntrusted, "PROVIDER_UNTRUSTED",
          absl::StatusCode::kUnavailable},
    Entry{Reason::kProviderConnectionLost, "PROVIDER_CONNECTION_LOST",
          absl::StatusCode::kUnavailable},
    Entry{Reason::kProviderTimedOut, "PROVIDER_TIMED_OUT",
          absl::StatusCode::kUnavailable},
    Entry{Reason::kProviderError, "PROVIDER_ERROR",
          absl::StatusCode::kUnavailable},
    Entry{Reason::kProviderUnavailable, "PROVIDER_UNAVAILABLE",
          absl::StatusCode::kUnavailable},
    Entry{Reason::kProviderAnswerMalformed, "PROVIDER_ANSWER_MALFORMED",
          absl::StatusCode::kUnavailable},
    Entry{Reason::kProviderAnswerTooLarge, "PROVIDER_ANSWER_TOO_LARGE",
          absl::StatusCode::kUnavailable},
    Entry{Reason::kProviderExpiryInvalid, "PROVIDER_EXPIRY_INVALID",
          absl::StatusCode::kUnavailable},
    Entry{Reason::kLedgerUnavailable, "LEDGER_UNAVAILABLE",
          absl::StatusCode::kUnavailable},
    Entry{Reason::kKeyUnavailable, "KEY_UNAVAILABLE",
          absl::StatusCode::kInternal},
    Entry{Reason::kCredentialsInvalid, "CREDENTIALS_INVALID",
          absl::StatusCode::kUnauthenticated},
    Entry{Reason::kPermissionDenied, "PERMISSION_DENIED",
          absl::StatusCode::kPermissionDenied},
    Entry{Reason::kCallerThrottled, "CALLER_THROTTLED",
          absl::StatusCode::kResourceExhausted},
    Entry{Reason::kServerOverloaded, "SERVER_OVERLOADED",
          absl::StatusCode::kResourceExhausted},
    Entry{Reason::kWatchFellBehind, "WATCH_FELL_BEHIND",
          absl::StatusCode::kAborted},
    Entry{Reason::kShuttingDown, "SHUTTING_DOWN",
          absl::StatusCode::kUnavailable},
};

constexpr absl::string_view kReasonPayload = "bursar/reason";
constexpr absl::string_view kRetryPayload = "bursar/retry-after";
constexpr absl::string_view kFieldPayload = "bursar/field";
constexpr absl::string_view kMetadataPayload = "bursar/metadata/";

const Entry& Find(Reason reason) {
  return *std::find_if(kEntries.begin(), kEntries.end(),
                       [&](const Entry& e) { return e.reason == reason; });
}

}  // namespace

absl::string_view ReasonName(Reason reason) { return Find(reason).name; }

std::optional<Reason> ReasonNamed(absl::string_view name) {
  for (const Entry& entry : kEntries) {
    if (entry.name == name) return entry.reason;
  }
  return std::nullopt;
}

absl::Status ToStatus(const Refusal& refusal) {
  const Entry& entry = Find(refusal.reason);
  absl::Status status(entry.code, refusal.message);
  status.SetPayload(kReasonPayload, absl::Cord(entry.name));
  if (refusal.retry_after) {
    status.SetPayload(kRetryPayload,
                      absl::Cord(absl::FormatDuration(*refusal.retry_after)));
  }
  if (!refusal.field.empty()) {
    status.SetPayload(kFieldPayload, absl::Cord(refusal.field));
  }
  for (const auto& [key, value] : refusal.metadata) {
    status.SetPayload(absl::StrCat(kMetadataPayload, key), absl::Cord(value));
  }
  return status;
}

std::optional<Refusal> RefusalOf(const absl::Status& status) {
  const auto name = status.GetPayload(kReasonPayload);
  if (!name) return std::nullopt;
  const auto reason = ReasonNamed(std::string(*name));
  if (!reason) return std::nullopt;
  Refusal refusal{*reason, std::string(status.message()), {}, {}, {}};
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    const std::string value(payload);
    if (url == kFieldPayload) {
      refusal.field = value;
    } else if (url == kRetryPayload) {
      absl::Duration delay;
      if (absl::ParseDuration(value, &delay)) refusal.retry_after = delay;
    } else if (absl::ConsumePrefix(&url, kMetadataPayload)) {
      refusal.metadata.emplace(url, value);
    }
  });
  return refusal;
}

absl::Status FieldInvalid(absl::string_view field, absl::string_view what) {
  return ToStatus({Reason::kFieldInvalid,
                   absl::StrCat(field, ": ", what),
                   {},
                   std::string(field),
                   {}});
}

absl::Status NotFound(absl::string_view resource, absl::string_view message) {
  return ToStatus({Reason::kResourceNotFound,
                   std::string(message),
                   {},
                   {},
                   {{"resource", std::string(resource)}}});
}

absl::Status ConsentRequired(absl::string_view why, absl::string_view message) {
  return ToStatus({Reason::kConsentRequired,
                   std::string(message),
                   {},
                   {},
                   {{"why", std::string(why)}}});
}

}  // namespace bursar
