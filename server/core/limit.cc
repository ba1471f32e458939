#include "server/core/limit.h"

#include <algorithm>

namespace bursar {

std::optional<Limit> CapOf(const std::vector<Limit>& limits, CountedPer per) {
  std::optional<Limit> lowest;
  for (const Limit& limit : limits) {
    if (limit.counted != Counted::kRefreshTokens || limit.per != per ||
        limit.within) {
      continue;
    }
    if (!lowest || limit.at_most < lowest->at_most) lowest = limit;
  }
  return lowest;
}

std::optional<absl::Duration> LongestWindow(const std::vector<Limit>& limits,
                                            Counted counted) {
  std::optional<absl::Duration> longest;
  for (const Limit& limit : limits) {
    if (limit.counted != counted || !limit.within) continue;
    longest = std::max(longest.value_or(absl::ZeroDuration()), *limit.within);
  }
  return longest;
}

absl::string_view NameOf(Counted counted) {
  switch (counted) {
    case Counted::kCodes:
      return "codes";
    case Counted::kRefreshTokens:
      return "refresh_tokens";
    case Counted::kAccessTokens:
      return "access_tokens";
    case Counted::kRedemptions:
      return "redemptions";
  }
  return "";
}

absl::string_view NameOf(CountedPer per) {
  switch (per) {
    case CountedPer::kUserAndClient:
      return "user_and_client";
    case CountedPer::kUser:
      return "user";
    case CountedPer::kClient:
      return "client";
    case CountedPer::kRefreshToken:
      return "refresh_token";
  }
  return "";
}

}  // namespace bursar
