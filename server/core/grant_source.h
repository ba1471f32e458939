// Finds the grant that a request is about, and answers from the ledger where
// its newest token will do. Thread-safe. Borrows its dependencies.

#ifndef BURSAR_SERVER_CORE_GRANT_SOURCE_H_
#define BURSAR_SERVER_CORE_GRANT_SOURCE_H_

#include <memory>
#include <optional>

#include "server/base/clock.h"
#include "server/core/freshness.h"
#include "server/core/journal.h"
#include "server/core/provider.h"
#include "server/core/refresher.h"
#include "server/core/token_source.h"

namespace bursar {

class GrantSource final : public TokenSource {
 public:
  GrantSource(Journal& journal, Refresher& refresher,
              const Providers& providers);

  /// Refuses with kConsentRequired if no living grant covers the scopes, with
  /// kResourceNotFound for an unknown client or named grant, with kFieldInvalid
  /// for a failed token that was never this user's at this client.
  void Get(const TokenRequest& request, absl::Time now, Done done) override;

 private:
  /// What the ledger said.
  struct Found {
    GrantId grant;
    Need need;
    std::shared_ptr<const IssuedToken> token;
    Decision decision = AskProvider{};
  };

  absl::Status Find(const TokenRequest& request, absl::Time now, Ledger& ledger,
                    Found& found) const;
  absl::StatusOr<Grant> PickGrant(const TokenRequest& request,
                                  const Provider& provider,
                                  Ledger& ledger) const;

  Journal& journal_;
  Refresher& refresher_;
  const Providers& providers_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_GRANT_SOURCE_H_
