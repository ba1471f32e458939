#include "server/core/limit_check.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/core/event.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

// Such as "10 access_tokens per refresh_token in 10m".
std::string Describe(const Limit& limit) {
  const std::string count = absl::StrCat(
      limit.at_most, " ", NameOf(limit.counted), " per ", NameOf(limit.per));
  return limit.within
             ? absl::StrCat(count, " in ", absl::FormatDuration(*limit.within))
             : absl::StrCat(count, " at once");
}

absl::Status RefusalOfLimit(const Limit& limit, absl::Time full_until,
                            absl::Time now) {
  if (limit.counted == Counted::kRedemptions && !limit.within) {
    return ConsentRequired("USED_UP",
                           "the provider lets a refresh token be redeemed no "
                           "more often than this one was: the user must "
                           "consent again (Grants.BeginConsent)");
  }
  Refusal refusal{Reason::kProviderLimitReached,
                  absl::StrCat("the provider allows ", Describe(limit)),
                  {},
                  {},
                  {{"counted", std::string(NameOf(limit.counted))},
                   {"per", std::string(NameOf(limit.per))},
                   {"at_most", absl::StrCat(limit.at_most)}}};
  if (full_until == absl::InfiniteFuture()) {
    refusal.message += ": revoke one first (TokenBroker.Revoke)";
  } else {
    refusal.retry_after = full_until - now;
    absl::StrAppend(&refusal.message, "; ask again in ",
                    absl::FormatDuration(
                        absl::Ceil(*refusal.retry_after, absl::Seconds(1))));
  }
  return ToStatus(refusal);
}

// The first count that is worth a warning.
int64_t WarningAt(const Limit& limit, int64_t percent) {
  return (limit.at_most * percent + 99) / 100;
}

absl::Status WarnIfNear(const LimitCheck& check, const Limit& limit,
                        int64_t used, Ledger& ledger) {
  if (used != WarningAt(limit, check.provider.warn_at_percent)) {
    return absl::OkStatus();
  }
  Event near = event::About(check.subject.user, check.subject.client,
                            event::kLimitNear, check.actor, check.now);
  near.grant = check.subject.grant;
  near.outcome = absl::StrCat(used, " of ", Describe(limit));
  return ledger.events().Append(near);
}

absl::Status RefusalOfEviction(const GrantId& grant) {
  return ToStatus({Reason::kProviderLimitReached,
                   absl::StrCat("one more consent would cost the user the "
                                "grant ",
                                grant.value(),
                                ": revoke one first (TokenBroker.Revoke), or "
                                "begin with on_cap WARN"),
                   {},
                   {},
                   {{"evicts", grant.value()}}});
}

}  // namespace

absl::Status CheckRoom(const LimitCheck& check, Counted counted,
                       Ledger& ledger) {
  for (const Limit& limit : check.provider.limits) {
    if (limit.counted != counted || limit.then == PastLimit::kEvicts) continue;
    const auto count = ledger.limits().Count(limit, check.subject, check.now);
    if (!count.ok()) return count.status();
    if (count->full_until) {
      return RefusalOfLimit(limit, *count->full_until, check.now);
    }
  }
  return absl::OkStatus();
}

absl::Status NoteUse(const LimitCheck& check, Counted counted, Ledger& ledger) {
  if (const auto remembered = LongestWindow(check.provider.limits, counted)) {
    const absl::Status noted =
        ledger.limits().Note(counted, check.subject, *remembered, check.now);
    if (!noted.ok()) return noted;
  }
  for (const Limit& limit : check.provider.limits) {
    if (limit.counted != counted) continue;
    const auto count = ledger.limits().Count(limit, check.subject, check.now);
    if (!count.ok()) return count.status();
    const absl::Status warned = WarnIfNear(check, limit, count->used, ledger);
    if (!warned.ok()) return warned;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<GrantId>> WouldEvict(const LimitCheck& check,
                                                Ledger& ledger) {
  std::vector<GrantId> victims;
  for (const Limit& limit : check.provider.limits) {
    if (limit.counted != Counted::kRefreshTokens || limit.within ||
        limit.then != PastLimit::kEvicts) {
      continue;
    }
    const auto count = ledger.limits().Count(limit, check.subject, check.now);
    if (!count.ok()) return count.status();
    if (!count->full_until) continue;
    auto victim = ledger.limits().NextEvicted(limit, check.subject);
    if (!victim.ok()) return victim.status();
    if (*victim) victims.push_back(**std::move(victim));
  }
  return victims;
}

absl::StatusOr<std::vector<GrantId>> CheckEviction(const LimitCheck& check,
                                                   AtCap on_cap,
                                                   Ledger& ledger) {
  auto evicts = WouldEvict(check, ledger);
  if (evicts.ok() && !evicts->empty() && on_cap == AtCap::kRefuse) {
    return RefusalOfEviction(evicts->front());
  }
  return evicts;
}

}  // namespace bursar
