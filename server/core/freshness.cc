#include "server/core/freshness.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace bursar {
namespace {

absl::string_view Why(DeadReason reason) {
  switch (reason) {
    case DeadReason::kRefusedByProvider:
      return "REFUSED_BY_PROVIDER";
    case DeadReason::kOutcomeLost:
      return "OUTCOME_LOST";
    case DeadReason::kEvicted:
      return "EVICTED";
    case DeadReason::kExpired:
      return "EXPIRED";
  }
  return "";
}

absl::string_view Explanation(DeadReason reason, GrantRenewal renewal) {
  switch (reason) {
    case DeadReason::kRefusedByProvider:
      if (renewal == GrantRenewal::kNone) {
        return "its access token was refused, and this client's type brings "
               "no refresh token";
      }
      return "the provider refused its refresh token (expired, or revoked by "
             "the user or the provider)";
    case DeadReason::kOutcomeLost:
      return "an earlier refresh never came to a known end, the provider "
             "rotated the refresh token in it and accepts the old one no "
             "longer";
    case DeadReason::kEvicted:
      return "the provider dropped it when its cap on refresh tokens was "
             "passed";
    case DeadReason::kExpired:
      return "its access token has expired, and this client's type brings no "
             "refresh token";
  }
  return "";
}

// How whoever reads the refusal gets another grant.
absl::string_view WayOut(GrantRenewal renewal) {
  return renewal == GrantRenewal::kClientCredentials
             ? "an operator must ask for another "
               "(Grants.RequestClientCredentials)"
             : "the user must consent again (Grants.BeginConsent)";
}

}  // namespace

bool Serves(const TokenLife& token, const Need& need, absl::Time now) {
  return token.expiry > now && (!need.failed_generation ||
                                token.generation > *need.failed_generation);
}

bool Meets(const TokenLife& token, const Need& need, absl::Time now) {
  return Serves(token, need, now) && token.expiry - now >= need.min_ttl;
}

Decision Decide(const Grant& grant, const Client& client,
                const std::optional<TokenLife>& newest, const Need& need,
                absl::Time now) {
  if (grant.state != GrantState::kActive) return RefusalOfState(grant);
  if (newest) {
    if (Meets(*newest, need, now)) return UseNewest{};
    if (const auto refusal = RefusalOfMinTtl(*newest, need, now)) {
      return *refusal;
    }
  }
  const bool serves = newest && Serves(*newest, need, now);
  // There is none that lives longer.
  if (serves && grant.renewal == GrantRenewal::kNone) return UseNewest{};
  if (grant.pause && grant.pause->until > now) {
    if (serves) return UseNewest{};
    return RefusalOfPause(*grant.pause, now);
  }
  const auto rejected = client.misconfigured.find(grant.data_center);
  if (rejected != client.misconfigured.end() &&
      rejected->second.seen + kMisconfigurationPause > now) {
    if (serves) return UseNewest{};
    return RefusalOfMisconfiguration(rejected->second.error);
  }
  return AskProvider{};
}

std::optional<absl::Status> RefusalOfMinTtl(const TokenLife& newest,
                                            const Need& need, absl::Time now) {
  const absl::Duration lifetime = newest.expiry - newest.obtained;
  if (newest.expiry <= now || need.min_ttl <= lifetime) return std::nullopt;
  return ToStatus(
      {Reason::kMinTtlUnattainable,
       absl::StrCat("min_ttl: the provider's tokens live no longer than ",
                    absl::FormatDuration(lifetime)),
       {},
       "min_ttl",
       {{"lifetime", absl::StrCat(absl::ToInt64Seconds(lifetime), "s")}}});
}

absl::Status RefusalOfState(const Grant& grant) {
  if (grant.state == GrantState::kRevoked) {
    return ConsentRequired("REVOKED", absl::StrCat("the grant was revoked: ",
                                                   WayOut(grant.renewal)));
  }
  if (grant.state == GrantState::kSuperseded) {
    return ConsentRequired("SUPERSEDED",
                           "the grant was superseded by a newer one: ask "
                           "without naming a grant");
  }
  const DeadReason reason =
      grant.dead_reason.value_or(DeadReason::kRefusedByProvider);
  return ConsentRequired(
      Why(reason),
      absl::StrCat("the grant is dead: ", Explanation(reason, grant.renewal),
                   "; ", WayOut(grant.renewal)));
}

absl::Status RefusalOfPause(const Grant::Pause& pause, absl::Time now) {
  const absl::Duration left = pause.until - now;
  return ToStatus(
      {pause.reason,
       absl::StrCat("the provider did not give a token (",
                    ReasonName(pause.reason), "); ask again in ",
                    absl::FormatDuration(absl::Ceil(left, absl::Seconds(1)))),
       left,
       {},
       {}});
}

absl::Status RefusalOfMisconfiguration(const std::string& detail) {
  return ToStatus({Reason::kClientMisconfigured,
                   absl::StrCat("the provider rejects the client (", detail,
                                "): an operator must correct its settings or "
                                "replace its secret; the grant lives on"),
                   {},
                   {},
                   {{"error", detail}}});
}

Reason ReasonOf(Trouble trouble) {
  switch (trouble) {
    case Trouble::kUnreachable:
      return Reason::kProviderUnreachable;
    case Trouble::kUntrusted:
      return Reason::kProviderUntrusted;
    case Trouble::kConnectionLost:
      return Reason::kProviderConnectionLost;
    case Trouble::kTimedOut:
      return Reason::kProviderTimedOut;
    case Trouble::kServerError:
      return Reason::kProviderError;
    case Trouble::kUnavailable:
      return Reason::kProviderUnavailable;
    case Trouble::kMalformed:
      return Reason::kProviderAnswerMalformed;
    case Trouble::kTooLarge:
      return Reason::kProviderAnswerTooLarge;
  }
  return Reason::kProviderError;
}

absl::Duration BackOff(int64_t failures) {
  const int64_t doublings = std::clamp<int64_t>(failures - 1, 0, 6);
  return std::min(absl::Seconds(int64_t{1} << doublings), absl::Minutes(1));
}

}  // namespace bursar
