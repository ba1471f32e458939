// Proof Key for Code Exchange (RFC 7636), the server's half. Pure.

#ifndef BURSAR_SANDBOX_PKCE_H_
#define BURSAR_SANDBOX_PKCE_H_

#include "absl/strings/string_view.h"

namespace bursar::sandbox {

/// Whether `method` is one that exists: S256 or plain.
bool IsChallengeMethod(absl::string_view method);

/// Whether `verifier` is what `challenge` was made from. Without a challenge
/// there must be no verifier either.
bool Verifies(absl::string_view challenge, absl::string_view method,
              absl::string_view verifier);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_PKCE_H_
