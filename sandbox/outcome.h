// What a rule of the sandbox ends in: a value, or why the provider refuses.
// Plain data; no locking.

#ifndef BURSAR_SANDBOX_OUTCOME_H_
#define BURSAR_SANDBOX_OUTCOME_H_

#include <variant>

namespace bursar::sandbox {

/// Why a provider refuses. answers.h says what each looks like on the wire.
enum class Refusal {
  kInvalidRequest,  ///< A parameter is missing, or the method is wrong.
  kInvalidClient,   ///< Unknown, or not of a type that may ask for this.
  kInvalidSecret,
  kInvalidRedirectUri,
  kInvalidScope,
  kUnsupportedGrantType,
  kDead,      ///< A token: wrong, used, expired or ended.
  kDeadCode,  ///< A code: the same.
  kThrottled,
  kCapReached,  ///< A cap that denies instead of evicting.
  kMissingOrganization,
  kAuthorizationPending,
  kSlowDown,
  kAccessDenied,
  kExpired,
  kOtherDataCenter,
};

template <typename T>
using Outcome = std::variant<T, Refusal>;

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_OUTCOME_H_
