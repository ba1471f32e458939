#include "server/core/token_choice.h"

#include <utility>

#include "server/core/issued_token.h"

namespace bursar {
namespace {

// How well a token serves a need; higher is better.
int Fitness(const IssuedToken& token, const Need& need, absl::Time now) {
  const TokenLife life{token.generation, token.token.obtained,
                       token.token.expiry};
  return (Serves(life, need, now) ? 1 : 0) + (Meets(life, need, now) ? 1 : 0);
}

}  // namespace

IssuedTokens IssueAll(const Grant& grant, std::vector<KeptToken> tokens,
                      const Provider& provider) {
  IssuedTokens issued;
  issued.reserve(tokens.size());
  for (KeptToken& kept : tokens) {
    issued.push_back(
        Issue(grant, kept.generation, std::move(kept.token), provider));
  }
  return issued;
}

std::shared_ptr<const IssuedToken> Choose(const IssuedTokens& tokens,
                                          const Need& need,
                                          const ScopeGrammar& grammar,
                                          absl::Time now) {
  std::shared_ptr<const IssuedToken> best;
  int best_fitness = 0;
  for (const auto& token : tokens) {
    if (!Covers(token->token.scopes, need.scopes, grammar)) continue;
    const int fitness = Fitness(*token, need, now);
    const bool narrower =
        best && Covers(best->token.scopes, token->token.scopes, grammar) &&
        !Covers(token->token.scopes, best->token.scopes, grammar);
    if (!best || fitness > best_fitness ||
        (fitness == best_fitness && fitness > 0 && narrower)) {
      best = token;
      best_fitness = fitness;
    }
  }
  return best;
}

Scopes ScopesToAsk(const Grant& grant, const Need& need,
                   const Provider& provider) {
  const bool narrower = provider.narrows && !need.scopes.empty() &&
                        !Covers(need.scopes, grant.scopes, provider.scopes);
  return narrower ? need.scopes : Scopes();
}

}  // namespace bursar
