#include "server/config/limits.h"

#include <string>
#include <utility>
#include <vector>

#include "server/config/choice.h"

namespace bursar {
namespace {

constexpr Within<int64_t> kCounts = {1, 1'000'000'000};
constexpr Within<int64_t> kPercents = {1, 100};
constexpr Within<absl::Duration> kWindows = {absl::Seconds(1),
                                             absl::Hours(24 * 31)};

Limit ReadLimit(const YamlReader& item) {
  const YamlMap keys = item.Map();
  Limit limit;
  for (const char* key : {"counts", "per", "at_most"}) keys.Require(key);
  limit.counted =
      ChoiceOr<Counted>(keys, "counts", limit.counted,
                        {{"codes", Counted::kCodes},
                         {"refresh_tokens", Counted::kRefreshTokens},
                         {"access_tokens", Counted::kAccessTokens},
                         {"redemptions", Counted::kRedemptions}});
  limit.per =
      ChoiceOr<CountedPer>(keys, "per", limit.per,
                           {{"user_and_client", CountedPer::kUserAndClient},
                            {"user", CountedPer::kUser},
                            {"client", CountedPer::kClient},
                            {"refresh_token", CountedPer::kRefreshToken}});
  limit.at_most = keys.IntegerOr("at_most", limit.at_most, kCounts);
  if (keys.Find("within")) {
    limit.within = keys.DurationOr("within", absl::Minutes(1), kWindows);
  }
  limit.then = ChoiceOr<PastLimit>(
      keys, "then", limit.then,
      {{"refuse", PastLimit::kRefuses}, {"evict", PastLimit::kEvicts}});
  if (limit.within && limit.then == PastLimit::kEvicts) {
    keys.Fail("evicts, which only a limit without `within` can");
  }
  if (limit.counted == Counted::kCodes && !limit.within) {
    keys.Fail("counts codes, which want `within`");
  }
  const bool of_refresh_token = limit.counted == Counted::kAccessTokens ||
                                limit.counted == Counted::kRedemptions;
  if (of_refresh_token != (limit.per == CountedPer::kRefreshToken)) {
    keys.Fail(
        "must count access_tokens and redemptions per refresh_token, and "
        "nothing else");
  }
  return limit;
}

}  // namespace

Provider ApplyLimits(Provider provider, const YamlMap& keys) {
  if (const auto list = keys.Find("limits")) {
    provider.limits.clear();
    if (!list->IsNull()) {
      for (const YamlReader& item : list->Items()) {
        provider.limits.push_back(ReadLimit(item));
      }
    }
  }
  provider.warn_at_percent =
      keys.IntegerOr("warn_at_percent", provider.warn_at_percent, kPercents);
  provider.on_cap =
      ChoiceOr<AtCap>(keys, "on_cap", provider.on_cap,
                      {{"warn", AtCap::kWarn}, {"refuse", AtCap::kRefuse}});
  return provider;
}

}  // namespace bursar
