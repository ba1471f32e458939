// A Ledger that notes which steps of a refresh a transaction takes, and passes
// everything on to the one behind. Lives as long as the transaction; not
// thread-safe.

#ifndef BURSAR_TESTS_JOURNEY_UNDER_TEST_WATCHED_LEDGER_H_
#define BURSAR_TESTS_JOURNEY_UNDER_TEST_WATCHED_LEDGER_H_

#include "server/core/ledger.h"

namespace bursar {

struct RefreshSteps {
  bool began = false;
  bool committed = false;
};

class WatchedLedger final : public Ledger, private RefreshStore {
 public:
  WatchedLedger(Ledger& inner, RefreshSteps& steps)
      : inner_(inner), steps_(steps) {}

  ClientStore& clients() override { return inner_.clients(); }
  ClientSecretStore& client_secrets() override {
    return inner_.client_secrets();
  }
  GrantStore& grants() override { return inner_.grants(); }
  RefreshStore& refreshes() override { return *this; }
  EndingStore& endings() override { return inner_.endings(); }
  RevocationStore& revocations() override { return inner_.revocations(); }
  ConsentStore& consents() override { return inner_.consents(); }
  DeviceConsentStore& device_consents() override {
    return inner_.device_consents();
  }
  EventStore& events() override { return inner_.events(); }
  UsageStore& usage() override { return inner_.usage(); }
  LimitStore& limits() override { return inner_.limits(); }
  ResealingStore& resealing() override { return inner_.resealing(); }
  ApiKeyStore& api_keys() override { return inner_.api_keys(); }
  BegunGrantStore& begun_grants() override { return inner_.begun_grants(); }
  AuditStore& audit() override { return inner_.audit(); }
  DeliveryStore& deliveries() override { return inner_.deliveries(); }

 private:
  absl::StatusOr<RefreshLease> Begin(const GrantId& grant, int64_t generation,
                                     absl::Time now) override {
    auto lease = inner_.refreshes().Begin(grant, generation, now);
    steps_.began = lease.ok();
    return lease;
  }

  absl::StatusOr<int64_t> Commit(const RefreshLease& lease,
                                 const Granted& granted,
                                 const std::optional<Grant::Pause>& pause,
                                 absl::Time now) override {
    auto generation = inner_.refreshes().Commit(lease, granted, pause, now);
    steps_.committed = generation.ok();
    return generation;
  }

  absl::Status Fail(const RefreshLease& lease, const RefreshFailure& failure,
                    absl::Time now) override {
    return inner_.refreshes().Fail(lease, failure, now);
  }

  absl::StatusOr<std::vector<Grant>> Unanswered(const ProviderName& provider,
                                                absl::Time since,
                                                int limit) override {
    return inner_.refreshes().Unanswered(provider, since, limit);
  }

  Ledger& inner_;
  RefreshSteps& steps_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_JOURNEY_UNDER_TEST_WATCHED_LEDGER_H_
