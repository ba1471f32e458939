// All that judges bearer credentials, made from the configuration. Thread-safe.

#ifndef BURSAR_SERVER_MAIN_BEARER_H_
#define BURSAR_SERVER_MAIN_BEARER_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/base/random.h"
#include "server/config/authentication_settings.h"
#include "server/core/journal.h"
#include "server/identity/api_keys.h"
#include "server/identity/bearer_tokens.h"
#include "server/identity/issuer_keys.h"
#include "server/identity/token_judge.h"
#include "server/main/curl_endpoint.h"

namespace bursar {

class Bearer {
 public:
  struct Needs {
    Journal& journal;
    Executor& executor;
    const Clock& clock;
    Random& random;
  };

  /// Borrows all of `needs`. Reads which API keys there are and begins to read
  /// the clusters' keys; fails, with words for the operator, where the ledger
  /// or libcurl does.
  static absl::StatusOr<std::unique_ptr<Bearer>> Start(
      const AuthenticationSettings& settings, const Needs& needs);

  ApiKeys& api_keys() { return api_keys_; }
  BearerTokens& tokens() { return *tokens_; }

  /// Ends what asks clusters: whoever still waits for a verdict is told that
  /// there is none. The executor must run nothing any more.
  void Close() { endpoints_.clear(); }

 private:
  explicit Bearer(const Needs& needs)
      : needs_(needs), api_keys_(needs.journal, needs.random) {}

  absl::Status Add(const KubernetesIssuer& cluster);

  const Needs needs_;
  ApiKeys api_keys_;
  std::vector<std::unique_ptr<IssuerKeys>> keys_;
  std::vector<std::unique_ptr<TokenJudge>> judges_;
  std::unique_ptr<BearerTokens> tokens_;
  // Last: they end first, and tell all who wait.
  std::vector<std::unique_ptr<CurlEndpoint>> endpoints_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_MAIN_BEARER_H_
