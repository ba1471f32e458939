// Which of a grant's access tokens serves a need. Pure; no locking.

#ifndef BURSAR_SERVER_CORE_TOKEN_CHOICE_H_
#define BURSAR_SERVER_CORE_TOKEN_CHOICE_H_

#include <memory>
#include <vector>

#include "absl/time/time.h"
#include "server/core/freshness.h"
#include "server/core/ledger_types.h"
#include "server/core/provider.h"
#include "server/core/token_source.h"

namespace bursar {

/// A grant's tokens, newest first.
using IssuedTokens = std::vector<std::shared_ptr<const IssuedToken>>;

/// What the ledger keeps of the grant, as callers get it.
IssuedTokens IssueAll(const Grant& grant, std::vector<KeptToken> tokens,
                      const Provider& provider);

/// Of the tokens that cover the need's scopes the one to serve: the narrowest
/// that meets the need, or else that lives and was not refused; or else the
/// newest. Null if none covers them.
std::shared_ptr<const IssuedToken> Choose(const IssuedTokens& tokens,
                                          const Need& need,
                                          const ScopeGrammar& grammar,
                                          absl::Time now);

/// What to ask the provider for: fewer scopes than the grant has where it
/// narrows and the need is for fewer. Empty: all of the grant's.
Scopes ScopesToAsk(const Grant& grant, const Need& need,
                   const Provider& provider);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_TOKEN_CHOICE_H_
