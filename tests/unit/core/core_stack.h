// The whole core over a real ledger, with a clock, a provider and timers that
// the test moves. One for each test; used from the test's thread.

#ifndef BURSAR_TESTS_UNIT_CORE_CORE_STACK_H_
#define BURSAR_TESTS_UNIT_CORE_CORE_STACK_H_

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "server/base/random.h"
#include "server/core/cached_source.h"
#include "server/core/consent.h"
#include "server/core/device_consents.h"
#include "server/core/grant_source.h"
#include "server/core/refresher.h"
#include "server/core/revocation.h"
#include "server/core/token_cache.h"
#include "tests/fakes/faulty_journal.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/manual_executor.h"
#include "tests/fakes/scripted_upstream.h"
#include "tests/fakes/temporary_ledger.h"

namespace bursar {

/// What a call to the core ends with, once it has ended.
template <typename T>
class Awaited {
 public:
  Awaited() : state_(std::make_shared<std::promise<T>>()) {
    future_ = state_->get_future();
  }

  /// To hand to the call.
  auto Done() {
    return [state = state_](T value) { state->set_value(std::move(value)); };
  }

  bool Ready() const {
    return future_.wait_for(std::chrono::seconds(0)) ==
           std::future_status::ready;
  }

  /// Waits for the end; fails the test and ends it if none comes.
  T Get() {
    if (future_.wait_for(std::chrono::seconds(20)) !=
        std::future_status::ready) {
      ADD_FAILURE() << "the call never ended";
      std::abort();
    }
    return future_.get();
  }

 private:
  std::shared_ptr<std::promise<T>> state_;
  std::future<T> future_;
};

class CoreStack {
 public:
  CoreStack();

  /// Ends the ledger first: what it still tells reaches a core that is there.
  ~CoreStack();

  static Provider TestProvider();

  /// What the provider answers: tokens named after `name`, living an hour.
  Granted Grants(const std::string& name, bool rotates = false) const;

  /// A grant of "user" to "client", made by a consent, whose refresh token is
  /// "refresh-NAME" and whose access token, "access-NAME", has an hour to live.
  Grant Consented(const std::string& name = "0",
                  std::vector<std::string> scopes = {"read"});

  Awaited<TokenSource::Answer> Ask(
      std::optional<FailedToken> failed = std::nullopt,
      absl::Duration min_ttl = absl::Minutes(1),
      std::vector<std::string> scopes = {"read"});

  Awaited<absl::StatusOr<std::vector<GrantId>>> Revoke(
      Revocation::Target target);

  Awaited<absl::StatusOr<Consent::Begun>> BeginConsent(
      std::vector<std::string> scopes = {"read"});
  Awaited<absl::StatusOr<Grant>> CompleteConsent(Secret state);

  Grant Read(const GrantId& id);
  std::vector<RefreshTokenRecord> RefreshTokens(const GrantId& id);
  std::vector<Event> Events();

  /// Runs `work` in the ledger and waits until it is durable.
  absl::Status Write(Journal::Work work);

  /// Waits until what was handed to the ledger is done, and what follows of it.
  void Settle();

  /// Lets the time pass, for clock and timers alike, in steps that a timer set
  /// in between is not late for.
  void Pass(absl::Duration duration);

  /// Makes the core's next write fail for want of a ledger.
  void FailNextWrite();

  /// How many token calls and revocations the provider saw.
  std::size_t provider_calls() { return upstream.calls().size(); }

  SystemRandom random;
  ManualClock clock;
  TemporaryLedger ledger;
  FaultyJournal journal;
  ScriptedUpstream upstream;
  ManualExecutor executor;
  Providers providers;
  TokenCache cache;
  OwnUsers own_users;
  Revocation revocation;
  Refresher refresher;
  GrantSource grant_source;
  CachedSource source;
  Consent consent;
  DeviceConsents device_consents;
};

/// The "why" of a CONSENT_REQUIRED or STATE_UNUSABLE, or the reason's name.
std::string WhyOf(const absl::Status& status);

/// The reason of a refusal; fails the test if there is none.
Reason ReasonOf(const absl::Status& status);

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_CORE_CORE_STACK_H_
