// How a consent ended, as the person in front of the browser is told. Pure; no
// locking.

#ifndef BURSAR_SERVER_WEB_OUTCOME_H_
#define BURSAR_SERVER_WEB_OUTCOME_H_

#include <array>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace bursar {

enum class Outcome {
  kConnected,
  kDeclined,
  kExpired,
  kAlreadyUsed,
  kUnknownLink,
  kForgedServer,
  kCodeRefused,
  kNoRefreshToken,
  kPleaseWait,
  kNoRoom,
  kTryLater,
  kMisconfigured,
  kUndecided,
  kInternal,
};

/// What a page says and looks like.
struct OutcomeText {
  Outcome outcome;
  /// The last part of the page's path.
  absl::string_view slug;
  int http_status;
  /// A class of pages/style.css: good, neutral, warning or bad.
  absl::string_view tone;
  absl::string_view title;
  absl::string_view happened;
  absl::string_view next;
};

inline constexpr std::size_t kOutcomes = 14;

/// One for each outcome.
const std::array<OutcomeText, kOutcomes>& OutcomeTexts();

const OutcomeText& TextOf(Outcome outcome);

/// What the core's answer to a redirect means to a person.
Outcome OutcomeOf(const absl::Status& status);

}  // namespace bursar

#endif  // BURSAR_SERVER_WEB_OUTCOME_H_
