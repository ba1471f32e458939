// Whose a bearer token is: an API key's, or that of a service account of one of
// the clusters that the configuration names. Verdicts that took work are
// remembered. Borrows API keys and judges. Thread-safe.

#ifndef BURSAR_SERVER_IDENTITY_BEARER_TOKENS_H_
#define BURSAR_SERVER_IDENTITY_BEARER_TOKENS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/base/random.h"
#include "server/base/secret.h"
#include "server/core/types.h"
#include "server/identity/api_keys.h"
#include "server/identity/token_judge.h"
#include "server/identity/verdict_cache.h"

namespace bursar {

class BearerTokens {
 public:
  /// Who the bearer is; or why nobody believes it, in words for the log that
  /// repeat nothing of the token.
  using Verdict = absl::StatusOr<Actor>;
  /// Told once, on the caller's stack or a thread that must not be kept
  /// waiting.
  using Done = absl::AnyInvocable<void(Verdict)>;

  /// How long a refusal that took asking stands.
  static constexpr absl::Duration kRefusalStands = absl::Seconds(5);

  /// Null `api_keys`: none are taken.
  BearerTokens(ApiKeys* api_keys, std::vector<TokenJudge*> judges,
               Random& random);

  /// The verdict if it is at hand. Nothing: it takes asking elsewhere.
  std::optional<Verdict> AtHand(absl::string_view token, absl::Time now);

  /// Finds the verdict out. `token` is read before it returns, and no more.
  void Find(absl::string_view token, absl::Time now, Done done);

 private:
  TokenJudge* JudgeOf(const Jwt& token) const;
  void Remember(const std::string& digest, const TokenJudge::Verdict& verdict,
                absl::Time now);

  ApiKeys* const api_keys_;
  const std::vector<TokenJudge*> judges_;
  const Secret digest_key_;
  // Apart: refusals, which anybody can have made, drive no good verdict out.
  VerdictCache good_;
  VerdictCache refused_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_BEARER_TOKENS_H_
