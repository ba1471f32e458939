#include "server/web/callback.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "server/core/fragment.h"
#include "server/core/reason.h"
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

Answered Wait(Awaited<absl::Status>& end, absl::Duration patience) {
  const std::optional<absl::Status> status = end.Wait(patience);
  if (!status) return {Outcome::kUndecided, std::nullopt};
  Answered answered{OutcomeOf(*status), std::nullopt};
  if (answered.outcome == Outcome::kPleaseWait) {
    answered.retry_after = RefusalOf(*status)->retry_after;
  }
  return answered;
}

Answered Decline(Secret state, const std::string& error, Consent& consent,
                 absl::Time now, absl::Duration patience) {
  const auto end = std::make_shared<Awaited<absl::Status>>();
  consent.Decline(std::move(state), error, Browser(), now,
                  [end](absl::Status status) { end->Tell(std::move(status)); });
  return Wait(*end, patience);
}

Answered Complete(Redirect redirect, Consent& consent, absl::Time now,
                  absl::Duration patience) {
  redirect.actor = Browser();
  const auto end = std::make_shared<Awaited<absl::Status>>();
  consent.Complete(
      std::move(redirect), now,
      [end](const absl::StatusOr<Grant>& grant) { end->Tell(grant.status()); });
  return Wait(*end, patience);
}

}  // namespace

Answered HandleCallback(CallbackQuery& query, Consent& consent, absl::Time now,
                        absl::Duration patience) {
  std::optional<std::string> state = Only(query, "state");
  if (!state || state->size() > kMaxStateSize)
    return {Outcome::kUnknownLink, std::nullopt};
  if (const auto error = Only(query, "error")) {
    return Decline(Secret::Take(*std::move(state)), *error, consent, now,
                   patience);
  }
  std::optional<std::string> code = Only(query, "code");
  if (!code || code->size() > kMaxCodeSize)
    return {Outcome::kUnknownLink, std::nullopt};
  if (query.count("accounts-server") > 1 || query.count("iss") > 1)
    return {Outcome::kForgedServer, std::nullopt};
  Redirect redirect;
  redirect.state = Secret::Take(*std::move(state));
  redirect.code = Secret::Take(*std::move(code));
  redirect.accounts_server = Only(query, "accounts-server").value_or("");
  redirect.issuer = Only(query, "iss").value_or("");
  return Complete(std::move(redirect), consent, now, patience);
}

Answered HandleFragment(absl::string_view fragment, Consent& consent,
                        absl::Time now, absl::Duration patience) {
  std::optional<Fragment> parsed = ParseFragment(fragment);
  if (!parsed) return {Outcome::kUnknownLink, std::nullopt};
  if (!parsed->error.empty()) {
    return Decline(std::move(parsed->redirect.state), parsed->error, consent,
                   now, patience);
  }
  return Complete(std::move(parsed->redirect), consent, now, patience);
}

}  // namespace bursar
