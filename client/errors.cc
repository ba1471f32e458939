#include "client/errors.h"

#include "absl/strings/str_cat.h"
#include "bursar/v1/errors.pb.h"
#include "bursar/v1/grants.pb.h"
#include "client/status.h"
#include "google/rpc/error_details.pb.h"

namespace bursar::client {
namespace {

google::rpc::ErrorInfo InfoOf(const absl::Status& status) {
  google::rpc::ErrorInfo info = PayloadOf<google::rpc::ErrorInfo>(status);
  return info.domain() == "bursar" ? info : google::rpc::ErrorInfo();
}

}  // namespace

std::string ErrorReason(const absl::Status& status) {
  return InfoOf(status).reason();
}

std::string ErrorMetadata(const absl::Status& status, absl::string_view key) {
  const google::rpc::ErrorInfo info = InfoOf(status);
  const auto found = info.metadata().find(std::string(key));
  return found == info.metadata().end() ? std::string() : found->second;
}

std::optional<absl::Duration> RetryDelay(const absl::Status& status) {
  const auto info = PayloadOf<google::rpc::RetryInfo>(status);
  if (!info.has_retry_delay()) return std::nullopt;
  return absl::Seconds(info.retry_delay().seconds()) +
         absl::Nanoseconds(info.retry_delay().nanos());
}

std::vector<std::pair<std::string, std::string>> FieldViolations(
    const absl::Status& status) {
  const auto request = PayloadOf<google::rpc::BadRequest>(status);
  std::vector<std::pair<std::string, std::string>> violations;
  for (const auto& violation : request.field_violations()) {
    violations.emplace_back(violation.field(), violation.description());
  }
  return violations;
}

std::optional<ConsentRequired> ConsentRequiredOf(const absl::Status& status) {
  if (ErrorReason(status) != v1::ErrorReason_Name(v1::CONSENT_REQUIRED)) {
    return std::nullopt;
  }
  const auto asked = PayloadOf<v1::BeginConsentRequest>(status);
  const auto begun = PayloadOf<v1::BeginConsentResponse>(status);
  ConsentRequired consent;
  consent.user = asked.user();
  consent.client = asked.client();
  consent.why = ErrorMetadata(status, "why");
  consent.authorization_url = begun.authorization_url();
  if (begun.has_expire_time()) {
    consent.expire_time = absl::FromUnixSeconds(begun.expire_time().seconds()) +
                          absl::Nanoseconds(begun.expire_time().nanos());
  }
  return consent;
}

std::string Describe(const absl::Status& status) {
  std::string line = absl::StatusCodeToString(status.code());
  const std::string reason = ErrorReason(status);
  if (!reason.empty()) absl::StrAppend(&line, " ", reason);
  absl::StrAppend(&line, ": ", status.message());
  for (const auto& [field, description] : FieldViolations(status)) {
    absl::StrAppend(&line, "; ", field, ": ", description);
  }
  const std::optional<absl::Duration> delay = RetryDelay(status);
  if (delay.has_value()) {
    absl::StrAppend(&line, "; try again in ", absl::FormatDuration(*delay));
  }
  return line;
}

}  // namespace bursar::client
