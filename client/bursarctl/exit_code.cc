#include "client/bursarctl/exit_code.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "client/errors.h"

namespace bursar::client {
namespace {

constexpr char kUsagePayload[] = "bursarctl/usage";
constexpr char kTamperedPayload[] = "bursarctl/tampered";

struct Advice {
  absl::string_view reason;
  absl::string_view text;
};

constexpr Advice kAdvice[] = {
    {"CONSENT_REQUIRED",
     "send the user to the URL of: bursarctl grant begin-consent"},
    {"CLIENT_MISCONFIGURED",
     "compare the client with its registration at the provider; a new secret "
     "goes in with: bursarctl client replace-secret"},
    {"CLIENT_IN_USE",
     "revoke its grants first, or delete it with --force, which does so"},
    {"ETAG_STALE", "somebody else changed it meanwhile: look and try again"},
    {"STATE_UNUSABLE", "begin a new consent: bursarctl grant begin-consent"},
    {"CODE_REFUSED",
     "codes live for a minute or two and work once: begin a new consent"},
    {"NO_REFRESH_TOKEN",
     "ask for offline access at the provider and let the user consent anew"},
    {"MIN_TTL_UNATTAINABLE", "ask for a shorter --min-ttl"},
    {"CREDENTIALS_INVALID",
     "call from where the server knows you, or with a credential that it "
     "takes; its log says what was wrong with this one"},
    {"PERMISSION_DENIED", "the server's policy must allow it to this caller"},
    {"KEY_UNAVAILABLE",
     "give the server a keyring file that is whole and holds every key that "
     "bursarctl keys status shows to be needed"},
};

absl::string_view AdviceFor(ExitCode code, absl::string_view reason) {
  for (const Advice& advice : kAdvice) {
    if (advice.reason == reason) return advice.text;
  }
  if (code == kUnreachable) {
    return "check that bursard runs, and --address, --tls-ca and --timeout";
  }
  return "";
}

}  // namespace

const char kExitCodesHelp[] =
    "Exit codes:\n"
    "  0  done\n"
    "  1  refused by the server\n"
    "  2  wrong usage, or a file that cannot be used\n"
    "  3  the server cannot be reached, or did not answer in time\n"
    "  4  not found\n"
    "  5  the user must consent (again)\n"
    "  6  try again later: the provider or the server is in trouble\n"
    "  7  the record of events was tampered with\n";

absl::Status UsageError(absl::string_view message) {
  absl::Status status = absl::InvalidArgumentError(message);
  status.SetPayload(kUsagePayload, absl::Cord());
  return status;
}

absl::Status TamperedError(absl::string_view message) {
  absl::Status status = absl::DataLossError(message);
  status.SetPayload(kTamperedPayload, absl::Cord());
  return status;
}

ExitCode ExitCodeOf(const absl::Status& status) {
  if (status.ok()) return kDone;
  if (status.GetPayload(kTamperedPayload).has_value()) return kTampered;
  if (status.GetPayload(kUsagePayload).has_value()) return kUsage;
  const std::string reason = ErrorReason(status);
  if (reason == "CONSENT_REQUIRED") return kConsentRequired;
  if (absl::IsNotFound(status)) return kNotFound;
  if (absl::IsResourceExhausted(status)) return kTryLater;
  if (absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status)) {
    // Only the broker itself gives reasons.
    return reason.empty() ? kUnreachable : kTryLater;
  }
  return kRefused;
}

std::string Explain(const absl::Status& status) {
  const ExitCode code = ExitCodeOf(status);
  const std::string reason = ErrorReason(status);
  std::string text = absl::StrCat("bursarctl: ", status.message(), "\n");
  if (!reason.empty()) {
    const std::string why = ErrorMetadata(status, "why");
    absl::StrAppend(&text, "  reason: ", reason, why.empty() ? "" : ", ", why,
                    "\n");
  }
  for (const auto& [field, description] : FieldViolations(status)) {
    absl::StrAppend(&text, "  ", field, ": ", description, "\n");
  }
  const auto delay = RetryDelay(status);
  if (delay.has_value()) {
    absl::StrAppend(&text, "  try again in ", absl::FormatDuration(*delay),
                    "\n");
  }
  const absl::string_view advice = AdviceFor(code, reason);
  if (!advice.empty()) absl::StrAppend(&text, "  what to do: ", advice, "\n");
  return text;
}

}  // namespace bursar::client
