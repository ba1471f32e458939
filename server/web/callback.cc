#include "server/web/callback.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "server/web/awaited.h"

namespace bursar {
namespace {

constexpr std::size_t kMaxStateSize = 512;
constexpr std::size_t kMaxCodeSize = 4096;

Actor Browser() { return Actor("browser"); }

// The parameter's value; nothing if it is missing, empty, or repeated, which
// RFC 6749 section 3.1 forbids.
std::optional<std::string> Only(CallbackQuery& query, const std::string& name) {
  if (query.count(name) != 1) return std::nullopt;
  std::string value = std::move(query.find(name)->second);
  if (value.empty()) return std::nullopt;
  return value;
}

Outcome Wait(Awaited<absl::Status>& end, absl::Duration patience) {
  const std::optional<absl::Status> status = end.Wait(patience);
  return status ? OutcomeOf(*status) : Outcome::kUndecided;
}

Outcome Decline(Secret state, const std::string& error, Consent& consent,
                absl::Time now, absl::Duration patience) {
  const auto end = std::make_shared<Awaited<absl::Status>>();
  consent.Decline(std::move(state), error == "access_denied", Browser(), now,
                  [end](absl::Status status) { end->Tell(std::move(status)); });
  const Outcome outcome = Wait(*end, patience);
  const bool passing =
      error == "temporarily_unavailable" || error == "server_error";
  return passing && outcome == Outcome::kMisconfigured ? Outcome::kTryLater
                                                       : outcome;
}

Outcome Complete(Consent::Redirect redirect, Consent& consent, absl::Time now,
                 absl::Duration patience) {
  const auto end = std::make_shared<Awaited<absl::Status>>();
  consent.Complete(
      std::move(redirect), now,
      [end](const absl::StatusOr<Grant>& grant) { end->Tell(grant.status()); });
  return Wait(*end, patience);
}

}  // namespace

Outcome HandleCallback(CallbackQuery& query, Consent& consent, absl::Time now,
                       absl::Duration patience) {
  std::optional<std::string> state = Only(query, "state");
  if (!state || state->size() > kMaxStateSize) return Outcome::kUnknownLink;
  if (const auto error = Only(query, "error")) {
    return Decline(Secret::Take(*std::move(state)), *error, consent, now,
                   patience);
  }
  std::optional<std::string> code = Only(query, "code");
  if (!code || code->size() > kMaxCodeSize) return Outcome::kUnknownLink;
  if (query.count("accounts-server") > 1) return Outcome::kForgedServer;
  return Complete(
      {Secret::Take(*std::move(state)), Secret::Take(*std::move(code)),
       Only(query, "accounts-server").value_or(""), std::nullopt, Browser()},
      consent, now, patience);
}

}  // namespace bursar
