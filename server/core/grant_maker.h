// The way from a provider's answer to a stored grant, the same for a code, a
// device code, an imported refresh token, and tokens that none renews.
// Thread-safe. Dependencies are borrowed and must outlive this object and every
// exchange it has under way.

#ifndef BURSAR_SERVER_CORE_GRANT_MAKER_H_
#define BURSAR_SERVER_CORE_GRANT_MAKER_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/base/clock.h"
#include "server/base/random.h"
#include "server/core/event.h"
#include "server/core/journal.h"
#include "server/core/limit_check.h"
#include "server/core/own_users.h"
#include "server/core/provider.h"
#include "server/core/revocation.h"
#include "server/core/token_cache.h"
#include "server/core/upstream.h"

namespace bursar {

/// What is on its way to becoming a grant; in the hands of one callback at a
/// time.
struct Exchange {
  /// Where nobody was sent anywhere, only what a grant takes from it is set.
  /// `actor` is who began it all.
  PendingConsent consent;
  GrantRenewal renewal = GrantRenewal::kRefreshToken;
  std::string organization;
  Client client;
  std::optional<Secret> client_secret;
  const Provider* provider = nullptr;
  Actor actor;
  /// The event of its success.
  absl::string_view success = event::kGrantCreated;
  /// The refresh token of an import; empty otherwise.
  Secret imported;
  /// Run in the transaction that stores the grant, before it is there but when
  /// its id is known; may be run again. Empty: nothing.
  std::function<absl::Status(const Exchange&, Ledger&, absl::Time now)>
      before_storing;
  absl::AnyInvocable<void(absl::StatusOr<Grant>)> done;

  /// What the maker adds.
  GrantId id;
  std::vector<GrantId> superseded;
  std::vector<GrantId> presumed_evicted;
  Grant stored;

  ClientIdentity Identity() const;
  LimitCheck Check(absl::Time now) const;
};
using ExchangePtr = std::shared_ptr<Exchange>;

/// The refusal of a refresh token that some grant holds or held.
absl::Status TokenHeldAlready();

class GrantMaker {
 public:
  GrantMaker(Journal& journal, Upstream& upstream, Revocation& revocation,
             TokenCache& cache, OwnUsers& own_users, const Clock& clock,
             Random& random);

  /// Stores what the provider granted, supersedes the grants that the new one
  /// covers, and tells the exchange's end; or refuses, as Consent says.
  void Finish(const ExchangePtr& exchange, RedeemResult result);

 private:
  absl::Status CheckRenewal(const Exchange& exchange,
                            const Granted& granted) const;
  void Store(const ExchangePtr& exchange, std::shared_ptr<Granted> granted);
  absl::Status StoreIn(Exchange& exchange, const Granted& granted,
                       Ledger& ledger) const;
  absl::Status PresumeEvicted(Exchange& exchange, Ledger& ledger,
                              absl::Time now) const;
  absl::Status Supersede(Exchange& exchange, const Grant& old, Ledger& ledger,
                         absl::Time now) const;
  void Refuse(const ExchangePtr& exchange, absl::Status refusal);

  Journal& journal_;
  Upstream& upstream_;
  Revocation& revocation_;
  TokenCache& cache_;
  OwnUsers& own_users_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_GRANT_MAKER_H_
