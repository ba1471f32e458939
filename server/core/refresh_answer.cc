#include "server/core/refresh_answer.h"

#include <variant>

#include "server/core/issued_token.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

absl::Status RefusalOfNarrowing() {
  return ConsentRequired("SCOPES_NOT_GRANTED",
                         "the provider gave a token for fewer of the scopes: "
                         "the user must consent to them "
                         "(Grants.BeginConsent)");
}

}  // namespace

std::optional<TokenSource::Answer> AnswerOf(const RefreshFlight& flight,
                                            const Need& need, absl::Time now) {
  const auto token =
      flight.tokens.empty()
          ? nullptr
          : Choose(flight.tokens, need, flight.provider->scopes, now);
  const std::optional<TokenLife> life = LifeOf(token);
  if (life && Meets(*life, need, now)) {
    return token;
  }
  const bool serves = life && Serves(*life, need, now);
  switch (flight.end) {
    case RefreshFlight::End::kDecided: {
      // The decision was about the leader's need; this one's may be another.
      const Decision decision =
          Decide(flight.grant, flight.client, life, need, now);
      if (const auto* refusal = std::get_if<absl::Status>(&decision)) {
        return *refusal;
      }
      if (std::holds_alternative<UseNewest>(decision)) {
        return token;
      }
      break;
    }
    case RefreshFlight::End::kFresh:
      if (!serves && !Covers(flight.tokens.front()->token.scopes, need.scopes,
                             flight.provider->scopes)) {
        // The new one is for what another asked for; or the provider gave less.
        if (need.scopes != flight.need.scopes) break;
        return RefusalOfNarrowing();
      }
      if (const auto refusal = RefusalOfMinTtl(*life, need, now)) {
        return *refusal;
      }
      // Short of it by no more than the way here took: nothing is fresher.
      if (serves) return token;
      break;
    case RefreshFlight::End::kFailed:
      if (serves) return token;
      return flight.refusal;
    case RefreshFlight::End::kAgain:
      break;
  }
  return std::nullopt;
}

}  // namespace bursar
