#include "server/rpc/limit_usage.h"

#include "server/messages/grants.h"

namespace bursar {
namespace {

CountedPer PerOf(UsageGroup group) {
  switch (group) {
    case UsageGroup::kUserAndClient:
      return CountedPer::kUserAndClient;
    case UsageGroup::kUser:
      return CountedPer::kUser;
    case UsageGroup::kClient:
      return CountedPer::kClient;
  }
  return CountedPer::kUserAndClient;
}

// The provider's limits per `per`, with what `subject` has used up of them.
template <typename Proto>
absl::Status AddEach(Proto& proto, const Provider* provider, CountedPer per,
                     const LimitSubject& subject, absl::Time now,
                     Ledger& ledger) {
  // Of a provider that is no longer configured nothing is known.
  if (provider == nullptr) return absl::OkStatus();
  for (const Limit& limit : provider->limits) {
    if (limit.per != per) continue;
    const auto count = ledger.limits().Count(limit, subject, now);
    if (!count.ok()) return count.status();
    *proto.add_limits() = ToProto(limit, *count);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status AddLimits(const Providers& providers, UsageGroup group,
                       absl::Time now, Ledger& ledger,
                       v1::ListUsageResponse& response) {
  for (v1::Usage& row : *response.mutable_usage()) {
    const ProviderName provider(row.provider());
    const absl::Status added = AddEach(
        row, providers.Find(provider), PerOf(group),
        {provider, UserId(row.user()), ClientName(row.client()), GrantId()},
        now, ledger);
    if (!added.ok()) return added;
  }
  return absl::OkStatus();
}

absl::Status AddLimits(const Providers& providers, const GrantId& id,
                       absl::Time now, Ledger& ledger,
                       v1::ListRefreshTokensResponse& response) {
  const auto grant = ledger.grants().Get(id);
  if (!grant.ok()) return grant.status();
  for (v1::RefreshToken& token : *response.mutable_refresh_tokens()) {
    if (token.state() != v1::RefreshToken::ACTIVE) continue;
    const absl::Status added = AddEach(
        token, providers.Find(grant->provider), CountedPer::kRefreshToken,
        {grant->provider, grant->user, grant->client, id}, now, ledger);
    if (!added.ok()) return added;
  }
  return absl::OkStatus();
}

}  // namespace bursar
