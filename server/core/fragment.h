// What a redirect brings in its fragment (RFC 6749 sections 4.2.2 and 4.2.2.1),
// which only the browser sees until a page of ours hands it on. Pure; no
// locking.

#ifndef BURSAR_SERVER_CORE_FRAGMENT_H_
#define BURSAR_SERVER_CORE_FRAGMENT_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "server/core/redirect.h"

namespace bursar {

inline constexpr std::size_t kMaxFragmentSize = 8192;

struct Fragment {
  /// Of neither claimant nor actor; without a token where there is an error.
  Redirect redirect;
  /// Set: the provider came back with this instead of a token.
  std::string error;
};

/// Takes `text` apart, with or without its '#'. Nothing for what has no state,
/// neither error nor token, one parameter twice (RFC 6749 section 3.1), or a
/// character that none of them may have (appendix A).
std::optional<Fragment> ParseFragment(absl::string_view text);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_FRAGMENT_H_
