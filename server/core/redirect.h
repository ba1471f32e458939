// What a provider's redirect brings back of a consent (RFC 6749 sections 4.1.2
// and 4.2.2), and how much of it is to be believed. Stateless but for what the
// ledger holds; no locking.

#ifndef BURSAR_SERVER_CORE_REDIRECT_H_
#define BURSAR_SERVER_CORE_REDIRECT_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/base/secret.h"
#include "server/core/ledger.h"
#include "server/core/provider.h"
#include "server/core/types.h"
#include "server/core/upstream.h"

namespace bursar {

struct Redirect {
  Secret state;
  /// Empty where a token came.
  Secret code;
  /// Set where it came in the fragment.
  std::optional<FragmentToken> token;
  /// Empty where the provider sends none.
  std::string accounts_server;
  /// RFC 9207; empty where the provider sends none.
  std::string issuer;
  /// Set: the consent must have been begun for this user by this actor.
  /// Absent where the browser itself came back: whoever holds the state.
  struct Claimant {
    UserId user;
    Actor actor;
  };
  std::optional<Claimant> claimant;
  /// Who is recorded as having completed it.
  Actor actor;
};

/// Takes the consent that the redirect is of out of the ledger. Refuses with
/// kStateUnusable, as Consent::Complete says, if the redirect may not have it.
absl::StatusOr<PendingConsent> TakeConsent(const Redirect& redirect,
                                           absl::Time now, Ledger& ledger);

/// Whether it is what `provider` was asked for: a token, or a code. Refuses
/// with kStateUnusable what is not, or another server's.
absl::Status CheckAnswer(const Redirect& redirect, const Provider& provider,
                         bool is_token_wanted);

/// Where the redirect says that the user's data is; nothing if it does not say.
/// A code is sent there, so that only the exact name of an accounts server will
/// do, else it refuses with kStateUnusable; a token has come already.
absl::StatusOr<std::optional<DataCenter>> DataCenterIn(
    const Redirect& redirect, const Provider& provider);

/// What an error in a redirect means (RFC 6749 section 4.1.2.1).
absl::Status OutcomeOfError(const std::string& error);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_REDIRECT_H_
