#include "server/core/redeem_failure.h"

#include <algorithm>
#include <variant>

#include "server/core/freshness.h"
#include "server/core/match.h"

namespace bursar {
namespace {

Grant::Pause PauseOf(Trouble trouble, std::optional<absl::Duration> asked,
                     int64_t failures, absl::Time now) {
  const absl::Duration own = BackOff(failures);
  return {now + std::max(own, asked.value_or(own)), ReasonOf(trouble)};
}

}  // namespace

std::optional<Grant::Pause> PauseAfter(const RedeemResult& result,
                                       int64_t failures, absl::Time now) {
  using Pause = std::optional<Grant::Pause>;
  return std::visit(
      Match{
          [](const Granted&) -> Pause { return std::nullopt; },
          [](const Dead&) -> Pause { return std::nullopt; },
          [](const Misconfigured&) -> Pause { return std::nullopt; },
          [&](const Throttled& throttled) -> Pause {
            return Grant::Pause{
                now + std::max(BackOff(failures), throttled.retry_after),
                Reason::kProviderThrottled};
          },
          [&](const Transient& transient) -> Pause {
            return PauseOf(transient.trouble, transient.retry_after, failures,
                           now);
          },
          [&](const OutcomeUnknown& unknown) -> Pause {
            return PauseOf(unknown.trouble, unknown.retry_after, failures, now);
          },
      },
      result);
}

RefreshFailure FailureOf(const RedeemResult& result, const RefreshLease& lease,
                         bool may_rotate, absl::Time now) {
  RefreshFailure failure;
  failure.pause = PauseAfter(result, lease.grant.failures + 1, now);
  failure.outcome_unknown =
      may_rotate && std::holds_alternative<OutcomeUnknown>(result);
  if (std::holds_alternative<Dead>(result)) {
    failure.dead = lease.grant.presumed_evicted ? DeadReason::kEvicted
                   : may_rotate && lease.outcome_unknown_before
                       ? DeadReason::kOutcomeLost
                       : DeadReason::kRefusedByProvider;
  }
  return failure;
}

absl::Status RefusalOfRefresh(const RedeemResult& result,
                              const RefreshFailure& failure, const Grant& grant,
                              absl::Time now) {
  if (failure.dead) {
    Grant dead = grant;
    dead.state = GrantState::kConsentRequired;
    dead.dead_reason = failure.dead;
    return RefusalOfState(dead);
  }
  if (const auto* rejected = std::get_if<Misconfigured>(&result)) {
    return RefusalOfMisconfiguration(rejected->detail);
  }
  return RefusalOfExchange(result, now);
}

absl::Status RefusalOfExchange(const RedeemResult& result, absl::Time now) {
  if (std::holds_alternative<Dead>(result)) {
    return ToStatus({Reason::kCodeRefused,
                     "the provider refused the code or token: it is wrong, "
                     "used, expired or revoked; begin again",
                     {},
                     {},
                     {}});
  }
  if (const auto* rejected = std::get_if<Misconfigured>(&result)) {
    if (rejected->detail == "ORGANIZATION") {
      return FieldInvalid("organization",
                          "the provider wants one for these scopes");
    }
    return RefusalOfMisconfiguration(rejected->detail);
  }
  const auto pause = PauseAfter(result, 1, now);
  return pause ? RefusalOfPause(*pause, now) : absl::OkStatus();
}

}  // namespace bursar
