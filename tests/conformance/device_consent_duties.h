// The duties of a DeviceConsentStore, as part of the ledger's suite.

#ifndef BURSAR_TESTS_CONFORMANCE_DEVICE_CONSENT_DUTIES_H_
#define BURSAR_TESTS_CONFORMANCE_DEVICE_CONSENT_DUTIES_H_

#include <string>
#include <utility>
#include <vector>

#include "tests/conformance/ledger_suite.h"

namespace bursar {

class DeviceConsentDuties : public LedgerSuite {
 protected:
  static PendingDeviceConsent ADeviceConsent(const std::string& id,
                                             absl::Time next_poll) {
    PendingDeviceConsent pending;
    pending.consent.id = DeviceConsentId(id);
    pending.consent.user = UserId("ada");
    pending.consent.client = ClientName("crm");
    pending.consent.data_center = DataCenter("us");
    pending.consent.scopes = Scopes({"a.READ"});
    pending.consent.actor = Actor("shop");
    pending.consent.expiry = next_poll + absl::Minutes(5);
    pending.device_code = Secret::Copy("code-of-" + id);
    pending.interval = absl::Seconds(5);
    pending.next_poll = next_poll;
    return pending;
  }

  /// Puts one to the client "crm" that is next polled so long from now.
  absl::Status Put(const std::string& id, absl::Duration until_poll = {}) {
    const PendingDeviceConsent consent = ADeviceConsent(id, now_ + until_poll);
    return Write(
        [&](Ledger& l) { return l.device_consents().Put(consent, now_); });
  }

  absl::StatusOr<DeviceConsent> Find(const std::string& id) {
    return Read([&](Ledger& l) {
      return l.device_consents().Get(DeviceConsentId(id));
    });
  }

  std::vector<PendingDeviceConsent> Pending(int limit = 100) {
    auto pending =
        Read([&](Ledger& l) { return l.device_consents().Pending(limit); });
    EXPECT_TRUE(pending.ok()) << pending.status();
    return *std::move(pending);
  }

  bool Reschedule(const PendingDeviceConsent& consent, absl::Time was) {
    const auto changed = Write([&](Ledger& l) {
      return l.device_consents().Reschedule(consent, was);
    });
    EXPECT_TRUE(changed.ok()) << changed.status();
    return changed.value_or(false);
  }

  absl::StatusOr<bool> End(const std::string& id, const DeviceConsentEnd& end) {
    return Write([&](Ledger& l) {
      return l.device_consents().End(DeviceConsentId(id), end, now_);
    });
  }
};

}  // namespace bursar

#endif  // BURSAR_TESTS_CONFORMANCE_DEVICE_CONSENT_DUTIES_H_
