// Gets a grant a new access token: noted durably before anything is sent,
// committed durably before anyone sees it, one in flight per grant however many
// ask. Thread-safe. Dependencies are borrowed and must outlive this object and
// every call it has under way.

#ifndef BURSAR_SERVER_CORE_REFRESHER_H_
#define BURSAR_SERVER_CORE_REFRESHER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/core/freshness.h"
#include "server/core/journal.h"
#include "server/core/lost_answers.h"
#include "server/core/provider.h"
#include "server/core/refresh_flight.h"
#include "server/core/revocation.h"
#include "server/core/single_flight.h"
#include "server/core/token_cache.h"
#include "server/core/token_source.h"
#include "server/core/upstream.h"

namespace bursar {

class Refresher {
 public:
  Refresher(Journal& journal, Upstream& upstream, const Providers& providers,
            Revocation& revocation, TokenCache& cache, Executor& executor,
            const Clock& clock, std::string callback_uri);

  /// A token of the grant that meets `need`, from the ledger if there is one by
  /// now, from the provider otherwise. A failure is answered with the newest
  /// token while that lives and was not refused.
  void Refresh(const GrantId& grant, const Need& need, const Actor& actor,
               TokenSource::Done done);

  /// Repeats the refreshes whose answers an earlier process did not live to
  /// keep, as it does its own (lost_answers.h). Call it at start.
  void RepeatUnanswered() { lost_answers_.Pump(); }

 private:
  struct Waiter {
    Need need;
    Actor actor;
    TokenSource::Done done;
  };

  using FlightPtr = std::shared_ptr<RefreshFlight>;

  void Begin(const FlightPtr& flight);
  void Send(const FlightPtr& flight);
  void Commit(const FlightPtr& flight, std::shared_ptr<const Granted> granted);
  /// The only copy of a rotated refresh token is in our hands: the flight goes
  /// on until the ledger takes it.
  void KeepTrying(const FlightPtr& flight,
                  const std::shared_ptr<const Granted>& granted,
                  absl::Status why);
  void Committed(const FlightPtr& flight, const Granted& granted,
                 const absl::StatusOr<int64_t>& generation);
  void Fail(const FlightPtr& flight, const RedeemResult& result);
  void Land(const RefreshFlight& flight);
  void Answer(const RefreshFlight& flight, Waiter waiter);

  Journal& journal_;
  Upstream& upstream_;
  const Providers& providers_;
  Revocation& revocation_;
  TokenCache& cache_;
  Executor& executor_;
  const Clock& clock_;
  const std::string callback_uri_;

  SingleFlight<GrantId, Waiter> flights_;
  LostAnswers lost_answers_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_REFRESHER_H_
