// Tokens that are of no use any more before their time, as whoever holds them
// is told. Plain data and pure functions; no locking.

#ifndef BURSAR_SERVER_CORE_REVOCATION_NOTICE_H_
#define BURSAR_SERVER_CORE_REVOCATION_NOTICE_H_

#include <cstdint>
#include <optional>

#include "absl/time/time.h"
#include "server/core/types.h"

namespace bursar {

/// The tokens of one grant that the broker hands out no more.
struct RevocationNotice {
  enum class Why {
    kRevoked,
    kSuperseded,       ///< A newer consent took the grant's place.
    kConsentRequired,  ///< The grant was found dead, or nothing renews it.
    kPresumedEvicted,  ///< The provider has probably ended them.
    kUnknown,          ///< The ledger has no such grant.
  };

  GrantId grant;
  /// All up to this one; the grant may have newer ones.
  int64_t generation = 0;
  Why why = Why::kRevoked;
  absl::Time time;

  friend bool operator==(const RevocationNotice& a,
                         const RevocationNotice& b) = default;
};

/// What an event means to whoever holds tokens of its grant; nothing for most.
std::optional<RevocationNotice> NoticeOf(const Event& event);

/// What a grant's state means to whoever holds tokens of it; nothing while they
/// are good.
std::optional<RevocationNotice> NoticeOf(const Grant& grant);

/// About a grant that the ledger does not have.
RevocationNotice NoticeOfUnknown(const GrantId& grant, absl::Time now);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_REVOCATION_NOTICE_H_
