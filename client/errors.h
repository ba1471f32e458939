// What a failed call says, for machines and for people. Pure functions of a
// status that this library returned; thread-safe.
//
// A status carries its details as payloads, and absl::Status::ToString prints
// payloads. One of them can hold the URL of a consent, which whoever opens it
// may complete: log Describe(status) or status.message(), not the status.

#ifndef BURSAR_CLIENT_ERRORS_H_
#define BURSAR_CLIENT_ERRORS_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bursar::client {

/// Why the broker refused: a name of bursar.v1.ErrorReason, such as
/// "CONSENT_REQUIRED". Empty where the broker gave none, as when it was not
/// reached at all.
std::string ErrorReason(const absl::Status& status);

/// What the reason's metadata says under `key`; empty if nothing.
std::string ErrorMetadata(const absl::Status& status, absl::string_view key);

/// How long to wait before the call is worth repeating, where the broker said.
std::optional<absl::Duration> RetryDelay(const absl::Status& status);

/// The fields of the request that were refused, each with why.
std::vector<std::pair<std::string, std::string>> FieldViolations(
    const absl::Status& status);

/// The user must consent, or consent again, before there can be a token.
struct ConsentRequired {
  std::string user;
  std::string client;
  /// NO_GRANT, SCOPES_NOT_GRANTED, REVOKED, or a Grant.DeadReason's name.
  std::string why;
  /// Where to send the user's browser, and nobody else's. Empty if no consent
  /// could be begun, or the option to begin one is off.
  std::string authorization_url;
  /// When the URL stops working; the infinite past where there is none.
  absl::Time expire_time = absl::InfinitePast();
};

/// Set exactly if `status` says CONSENT_REQUIRED.
std::optional<ConsentRequired> ConsentRequiredOf(const absl::Status& status);

/// One line for a log: code, reason, message, refused fields, pause. Holds no
/// URL.
std::string Describe(const absl::Status& status);

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_ERRORS_H_
