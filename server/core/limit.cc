#include "server/core/limit.h"

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

}  // namespace bursar
