#include "server/identity/reviewed_tokens.h"

#include <algorithm>

#include "absl/status/status.h"
#include "server/identity/digest.h"
#include "server/identity/token_review.h"

namespace bursar {

std::optional<TokenJudge::Verdict> ReviewedTokens::AtHand(const Jwt& token,
                                                          absl::Time now) {
  // The cluster would say the same, and has better to do.
  if (Verdict claims = JudgeClaims(token, issuer_, now); !claims.ok()) {
    return claims;
  }
  return std::nullopt;
}

void ReviewedTokens::Find(absl::string_view text, Jwt token, absl::Time now,
                          Done done) {
  const std::string flight = Sha256(text);
  if (!flights_.Join(flight, std::move(done))) return;
  const absl::Time until =
      std::min(now + longest_, token.expiry.value_or(absl::InfinitePast()));
  endpoint_.Post(ReviewRequest(text, issuer_),
                 [this, flight, until](const absl::StatusOr<Secret>& answer) {
                   const absl::StatusOr<Actor> actor =
                       answer.ok() ? ReadReview(answer->Expose(), issuer_)
                                   : answer.status();
                   for (Done& waiter : flights_.Land(flight)) {
                     waiter(actor.ok() ? Verdict(Identified{*actor, until})
                                       : Verdict(actor.status()));
                   }
                 });
}

}  // namespace bursar
