// Judges an issuer's tokens by the keys that it publishes. Thread-safe.

#ifndef BURSAR_SERVER_IDENTITY_SIGNED_TOKENS_H_
#define BURSAR_SERVER_IDENTITY_SIGNED_TOKENS_H_

#include <utility>

#include "server/identity/issuer_keys.h"
#include "server/identity/token_judge.h"

namespace bursar {

class SignedTokens final : public TokenJudge {
 public:
  /// How long a verdict stands without looking again: a key that the issuer
  /// has taken back counts no longer once the keys have been read anew.
  static constexpr absl::Duration kLongestVerdict = absl::Minutes(1);

  /// Borrows the keys.
  SignedTokens(TokenIssuer issuer, IssuerKeys& keys)
      : issuer_(std::move(issuer)), keys_(keys) {}

  const TokenIssuer& issuer() const override { return issuer_; }

  /// Not at hand is a token with a key that is not known yet.
  std::optional<Verdict> AtHand(const Jwt& token, absl::Time now) override;

  /// Has the keys read again first.
  void Find(absl::string_view text, Jwt token, absl::Time now,
            Done done) override;

 private:
  Verdict Judge(const Jwt& token, const JwkSet& keys, absl::Time now) const;

  const TokenIssuer issuer_;
  IssuerKeys& keys_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_SIGNED_TOKENS_H_
