#include "server/web/outcome.h"

#include <algorithm>
#include <optional>

#include "server/core/reason.h"

namespace bursar {
namespace {

constexpr std::array<OutcomeText, kOutcomes> kTexts = {{
    {Outcome::kConnected, "connected", 200, "good", "You are connected",
     "Your permission has been stored. The application that sent you here can "
     "now act for you, within what you agreed to.",
     "You can close this window."},
    {Outcome::kDeclined, "declined", 200, "neutral", "Nothing was connected",
     "You declined, so no permission was given and nothing was stored.",
     "You can close this window. If you change your mind, start again from the "
     "application that sent you here."},
    {Outcome::kExpired, "expired", 410, "warning", "This link has expired",
     "Giving permission took longer than the link was valid. Nothing was "
     "stored.",
     "Start again from the application that sent you here."},
    {Outcome::kAlreadyUsed, "already-used", 409, "warning",
     "This link was used already",
     "Every link works once, and this one has done its work. What was decided "
     "then still holds.",
     "If you saw no confirmation before, start again from the application that "
     "sent you here."},
    {Outcome::kUnknownLink, "unknown-link", 404, "warning",
     "We do not know this link",
     "It was not made here, is very old, or lost a part on its way. Nothing "
     "was stored.",
     "Start again from the application that sent you here."},
    {Outcome::kForgedServer, "not-genuine", 400, "bad",
     "Stopped for your safety",
     "The answer that your browser brought does not come from your provider. "
     "Somebody may have tampered with the link. Nothing was sent there and "
     "nothing was stored.",
     "Start again from the application that sent you here, not from a link in "
     "a message. If it happens again, tell the people who run it."},
    {Outcome::kCodeRefused, "refused", 502, "bad",
     "The provider did not confirm",
     "You gave permission, but the provider would not confirm it to us. That "
     "happens when some minutes pass in between. Nothing was stored.",
     "Start again from the application that sent you here."},
    {Outcome::kNoRefreshToken, "not-lasting", 502, "warning",
     "The permission would not last",
     "The provider gave permission for this moment only, usually because you "
     "had given it before. Nothing was stored.",
     "Remove the application in your account's settings at the provider, then "
     "start again from the application that sent you here."},
    {Outcome::kPleaseWait, "please-wait", 503, "neutral", "One moment, please",
     "The provider gives only so many permissions at a time, and just now you "
     "asked for several. Nothing is lost.",
     "Leave this window open: it goes on by itself."},
    {Outcome::kNoRoom, "no-room", 409, "warning",
     "You have too many permissions already",
     "The provider keeps only so many for one person, and refuses another. "
     "Nothing was stored.",
     "Have one that you no longer need ended where you use it, then start "
     "again "
     "from the application that sent you here."},
    {Outcome::kTryLater, "try-later", 503, "warning",
     "The provider does not answer just now",
     "It is out of reach or too busy, so your permission could not be "
     "completed.",
     "Wait a few minutes, then start again from the application that sent you "
     "here."},
    {Outcome::kMisconfigured, "misconfigured", 500, "bad",
     "This application is not set up correctly",
     "The provider does not accept the way in which the application is "
     "registered. It is no fault of yours, and nothing was stored.",
     "Please tell the people who run the application. They find the reason in "
     "the broker's list of clients."},
    {Outcome::kUndecided, "undecided", 504, "warning",
     "This takes longer than it should",
     "The provider has not answered yet. Your permission may still arrive.",
     "Look into the application that sent you here in a few minutes; if it "
     "still asks for permission, start again."},
    {Outcome::kInternal, "failed", 500, "bad", "Something went wrong here",
     "The fault is ours. Your permission could not be stored.",
     "Start again from the application that sent you here. If it happens "
     "again, please tell the people who run it."},
}};

Outcome OfUnusableState(const Refusal& refusal) {
  const auto why = refusal.metadata.find("why");
  if (why == refusal.metadata.end()) return Outcome::kUnknownLink;
  if (why->second == "USED") return Outcome::kAlreadyUsed;
  if (why->second == "EXPIRED") return Outcome::kExpired;
  if (why->second == "FORGED_ACCOUNTS_SERVER" ||
      why->second == "FORGED_ISSUER") {
    return Outcome::kForgedServer;
  }
  return Outcome::kUnknownLink;
}

Outcome OfRefusal(const Refusal& refusal) {
  switch (refusal.reason) {
    case Reason::kStateUnusable:
      return OfUnusableState(refusal);
    case Reason::kConsentDeclined:
      return Outcome::kDeclined;
    case Reason::kCodeRefused:
      return Outcome::kCodeRefused;
    case Reason::kNoRefreshToken:
      return Outcome::kNoRefreshToken;
    case Reason::kClientMisconfigured:
    case Reason::kResourceNotFound:  // The client was deleted meanwhile.
      return Outcome::kMisconfigured;
    case Reason::kProviderLimitReached:
      return refusal.retry_after ? Outcome::kPleaseWait : Outcome::kNoRoom;
    case Reason::kProviderThrottled:
    case Reason::kProviderUnreachable:
    case Reason::kProviderUntrusted:
    case Reason::kProviderConnectionLost:
    case Reason::kProviderTimedOut:
    case Reason::kProviderError:
    case Reason::kProviderUnavailable:
    case Reason::kProviderAnswerMalformed:
    case Reason::kProviderAnswerTooLarge:
    case Reason::kProviderExpiryInvalid:
      return Outcome::kTryLater;
    case Reason::kFieldInvalid:
    case Reason::kResourceExists:
    case Reason::kEtagStale:
    case Reason::kConsentRequired:
    case Reason::kClientInUse:
    case Reason::kMinTtlUnattainable:
    case Reason::kLedgerUnavailable:
    case Reason::kKeyUnavailable:
    case Reason::kCredentialsInvalid:
    case Reason::kPermissionDenied:
    case Reason::kCallerThrottled:
    case Reason::kServerOverloaded:
    case Reason::kWatchFellBehind:
    case Reason::kShuttingDown:
      return Outcome::kInternal;
  }
  return Outcome::kInternal;
}

}  // namespace

const std::array<OutcomeText, kOutcomes>& OutcomeTexts() { return kTexts; }

const OutcomeText& TextOf(Outcome outcome) {
  return *std::find_if(
      kTexts.begin(), kTexts.end(),
      [&](const OutcomeText& text) { return text.outcome == outcome; });
}

Outcome OutcomeOf(const absl::Status& status) {
  if (status.ok()) return Outcome::kConnected;
  const std::optional<Refusal> refusal = RefusalOf(status);
  return refusal ? OfRefusal(*refusal) : Outcome::kInternal;
}

}  // namespace bursar
