#include "server/core/observed_journal.h"

#include <memory>
#include <utility>
#include <vector>

namespace bursar {
namespace {

// Keeps what is appended beside appending it.
class RecordingEventStore final : public EventStore {
 public:
  RecordingEventStore(EventStore& store, std::vector<Event>& appended)
      : store_(store), appended_(appended) {}

  absl::Status Append(const Event& event) override {
    absl::Status status = store_.Append(event);
    if (status.ok()) appended_.push_back(event);
    return status;
  }

  absl::StatusOr<Page<Event>> List(const EventFilter& filter,
                                   const PageRequest& page) override {
    return store_.List(filter, page);
  }

 private:
  EventStore& store_;
  std::vector<Event>& appended_;
};

class RecordingLedger final : public Ledger {
 public:
  RecordingLedger(Ledger& ledger, std::vector<Event>& appended)
      : ledger_(ledger), events_(ledger.events(), appended) {}

  ClientStore& clients() override { return ledger_.clients(); }
  ClientSecretStore& client_secrets() override {
    return ledger_.client_secrets();
  }
  GrantStore& grants() override { return ledger_.grants(); }
  RefreshStore& refreshes() override { return ledger_.refreshes(); }
  EndingStore& endings() override { return ledger_.endings(); }
  RevocationStore& revocations() override { return ledger_.revocations(); }
  ConsentStore& consents() override { return ledger_.consents(); }
  DeviceConsentStore& device_consents() override {
    return ledger_.device_consents();
  }
  EventStore& events() override { return events_; }
  UsageStore& usage() override { return ledger_.usage(); }
  LimitStore& limits() override { return ledger_.limits(); }
  ResealingStore& resealing() override { return ledger_.resealing(); }
  ApiKeyStore& api_keys() override { return ledger_.api_keys(); }
  BegunGrantStore& begun_grants() override { return ledger_.begun_grants(); }
  AuditStore& audit() override { return ledger_.audit(); }
  DeliveryStore& deliveries() override { return ledger_.deliveries(); }

 private:
  Ledger& ledger_;
  RecordingEventStore events_;
};

}  // namespace

void ObservedJournal::Write(Work work, Done done) {
  auto appended = std::make_shared<std::vector<Event>>();
  journal_.Write(
      [work = std::move(work), appended](Ledger& ledger) mutable {
        // What an earlier run of the same work appended was undone.
        appended->clear();
        RecordingLedger recording(ledger, *appended);
        return work(recording);
      },
      [this, done = std::move(done), appended](absl::Status status) mutable {
        if (status.ok()) {
          for (const Event& event : *appended) {
            for (EventObserver* observer : observers_) {
              observer->Happened(event);
            }
          }
        }
        done(std::move(status));
      });
}

void ObservedJournal::Read(Work work, Done done) {
  journal_.Read(std::move(work), std::move(done));
}

}  // namespace bursar
