// What is said to and by a cluster's API server that judges a token itself
// (authentication.k8s.io/v1 TokenReview). Pure.

#ifndef BURSAR_SERVER_IDENTITY_TOKEN_REVIEW_H_
#define BURSAR_SERVER_IDENTITY_TOKEN_REVIEW_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/base/secret.h"
#include "server/core/types.h"
#include "server/identity/service_account.h"

namespace bursar {

/// Asks whether `token` is good for the issuer's audience.
Secret ReviewRequest(absl::string_view token, const TokenIssuer& issuer);

/// The service account that the answer names. Must return UNAUTHENTICATED, with
/// words for the log that repeat nothing of the answer, unless it says that the
/// token is good, and for the audience: a server that does not know audiences
/// leaves them out, and would let a token for somebody else pass.
absl::StatusOr<Actor> ReadReview(absl::string_view answer,
                                 const TokenIssuer& issuer);

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_TOKEN_REVIEW_H_
