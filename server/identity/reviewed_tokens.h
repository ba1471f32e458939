// Judges an issuer's tokens by asking the cluster about each. Many who show the
// same token at once make one question. Thread-safe.

#ifndef BURSAR_SERVER_IDENTITY_REVIEWED_TOKENS_H_
#define BURSAR_SERVER_IDENTITY_REVIEWED_TOKENS_H_

#include <string>
#include <utility>

#include "server/core/single_flight.h"
#include "server/identity/https_endpoint.h"
#include "server/identity/token_judge.h"

namespace bursar {

class ReviewedTokens final : public TokenJudge {
 public:
  /// A verdict stands for `longest` at most. Borrows the endpoint, which must
  /// have told all it was asked before this goes.
  ReviewedTokens(TokenIssuer issuer, HttpsEndpoint& endpoint,
                 absl::Duration longest)
      : issuer_(std::move(issuer)), endpoint_(endpoint), longest_(longest) {}

  const TokenIssuer& issuer() const override { return issuer_; }

  /// What a token says of itself is refused here; all else takes asking.
  std::optional<Verdict> AtHand(const Jwt& token, absl::Time now) override;

  void Find(absl::string_view text, Jwt token, absl::Time now,
            Done done) override;

 private:
  const TokenIssuer issuer_;
  HttpsEndpoint& endpoint_;
  const absl::Duration longest_;
  /// By a digest of the token.
  SingleFlight<std::string, Done> flights_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_REVIEWED_TOKENS_H_
