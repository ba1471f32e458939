// What a provider's redirect leads to (RFC 6749 sections 4.1.2, 4.2.2 and their
// errors). Blocks; no state, no locking.

#ifndef BURSAR_SERVER_WEB_CALLBACK_H_
#define BURSAR_SERVER_WEB_CALLBACK_H_

#include <map>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/core/consent.h"
#include "server/web/outcome.h"

namespace bursar {

/// The redirect's parameters, decoded; several of one name if so sent. Wiped as
/// far as they are secret.
using CallbackQuery = std::multimap<std::string, std::string>;

/// How a redirect ended.
struct Answered {
  Outcome outcome;
  /// Set for kPleaseWait: when the same redirect is worth bringing again.
  std::optional<absl::Duration> retry_after;
};

/// Completes or declines the consent, and waits for its end, `patience` at
/// most.
Answered HandleCallback(CallbackQuery& query, Consent& consent, absl::Time now,
                        absl::Duration patience);

/// The same for a redirect that has its answer in the fragment, which our page
/// handed on.
Answered HandleFragment(absl::string_view fragment, Consent& consent,
                        absl::Time now, absl::Duration patience);

}  // namespace bursar

#endif  // BURSAR_SERVER_WEB_CALLBACK_H_
