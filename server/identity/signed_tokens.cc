#include "server/identity/signed_tokens.h"

#include <algorithm>
#include <memory>

namespace bursar {

std::optional<TokenJudge::Verdict> SignedTokens::AtHand(const Jwt& token,
                                                        absl::Time now) {
  const std::shared_ptr<const JwkSet> keys = keys_.Current(now);
  if (!keys->Has(token.key_id)) return std::nullopt;
  return Judge(token, *keys, now);
}

void SignedTokens::Find(absl::string_view, Jwt token, absl::Time now,
                        Done done) {
  keys_.Refresh(now, [this, token = std::move(token), now,
                      done = std::move(done)]() mutable {
    done(Judge(token, *keys_.Current(now), now));
  });
}

TokenJudge::Verdict SignedTokens::Judge(const Jwt& token, const JwkSet& keys,
                                        absl::Time now) const {
  const absl::Status is_signed = VerifySignature(token, keys);
  if (!is_signed.ok()) return is_signed;
  Verdict verdict = JudgeClaims(token, issuer_, now);
  if (verdict.ok()) {
    verdict->until = std::min(verdict->until, now + kLongestVerdict);
  }
  return verdict;
}

}  // namespace bursar
