// What a provider limits, as data: how many of something at once, or in so
// long, and what it does past that. Plain data, no locking.

#ifndef BURSAR_SERVER_CORE_LIMIT_H_
#define BURSAR_SERVER_CORE_LIMIT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bursar {

/// What a limit counts.
enum class Counted {
  kCodes,          ///< Authorization codes that were issued.
  kRefreshTokens,  ///< Refresh tokens that a consent brought.
  kAccessTokens,   ///< Access tokens that a refresh token brought.
  kRedemptions,    ///< Uses of a refresh token.
};

/// Whose are counted together.
enum class CountedPer { kUserAndClient, kUser, kClient, kRefreshToken };

/// What the provider does when there is one more.
enum class PastLimit {
  kRefuses,  ///< Refuses it.
  kEvicts,   ///< Ends the oldest, whether it is in use or not.
};

struct Limit {
  Counted counted = Counted::kRefreshTokens;
  CountedPer per = CountedPer::kUserAndClient;
  int64_t at_most = 0;
  /// How long one counts; without: as long as it lives.
  std::optional<absl::Duration> within;
  PastLimit then = PastLimit::kRefuses;
};

/// A limit on what lives at once, where `per` has one: the lowest such.
/// Refresh tokens only.
std::optional<Limit> CapOf(const std::vector<Limit>& limits, CountedPer per);

/// How long one of `counted` must be remembered for every window that counts
/// it; nothing if none does.
std::optional<absl::Duration> LongestWindow(const std::vector<Limit>& limits,
                                            Counted counted);

/// As descriptors spell it, such as "refresh_tokens" and "user_and_client".
absl::string_view NameOf(Counted counted);
absl::string_view NameOf(CountedPer per);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_LIMIT_H_
