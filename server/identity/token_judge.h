// Port: judges the tokens of one issuer. Thread-safe.

#ifndef BURSAR_SERVER_IDENTITY_TOKEN_JUDGE_H_
#define BURSAR_SERVER_IDENTITY_TOKEN_JUDGE_H_

#include <optional>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/identity/jwt.h"
#include "server/identity/service_account.h"

namespace bursar {

class TokenJudge {
 public:
  /// Who the bearer is; or why nobody believes the token, in words for the log
  /// that repeat nothing of it.
  using Verdict = absl::StatusOr<Identified>;
  /// Told once, on the caller's stack or a thread that must not be kept
  /// waiting.
  using Done = absl::AnyInvocable<void(Verdict)>;

  virtual ~TokenJudge() = default;

  /// Whose tokens it judges.
  virtual const TokenIssuer& issuer() const = 0;

  /// The verdict if it takes no asking elsewhere.
  virtual std::optional<Verdict> AtHand(const Jwt& token, absl::Time now) = 0;

  /// Finds the verdict out. `text` is what `token` was read from.
  virtual void Find(absl::string_view text, Jwt token, absl::Time now,
                    Done done) = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_TOKEN_JUDGE_H_
