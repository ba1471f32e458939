// The duties of a ClientSecretStore about data centres, as part of the ledger's
// suite.

#ifndef BURSAR_TESTS_CONFORMANCE_CLIENT_SECRET_DUTIES_H_
#define BURSAR_TESTS_CONFORMANCE_CLIENT_SECRET_DUTIES_H_

#include <string>
#include <vector>

#include "tests/conformance/ledger_suite.h"

namespace bursar {

class ClientSecretDuties : public LedgerSuite {
 protected:
  const ClientName kCrm{"crm"};
  const DataCenter kUs{"us"};
  const DataCenter kEu{"eu"};
  const DataCenter kShared;

  ClientSecretDuties() { AddClient("crm", Secret::Copy("shared")); }

  absl::StatusOr<Client> Replace(const DataCenter& data_center,
                                 const std::string& secret) {
    return Write([&](Ledger& ledger) {
      return ledger.client_secrets().Replace(kCrm, data_center,
                                             Secret::Copy(secret), now_);
    });
  }

  absl::StatusOr<Client> Remove(const DataCenter& data_center) {
    return Write([&](Ledger& ledger) {
      return ledger.client_secrets().Remove(kCrm, data_center, now_);
    });
  }

  void Reject(const DataCenter& data_center) {
    ASSERT_TRUE(Write([&](Ledger& ledger) {
                  return ledger.client_secrets().MarkMisconfigured(
                      kCrm, data_center, TheClient().revision, "SECRET", now_);
                }).ok());
  }

  /// What serves there; empty: nothing does.
  std::string SecretAt(const DataCenter& data_center) {
    const auto secret = Read([&](Ledger& ledger) {
      return ledger.client_secrets().Get(kCrm, data_center);
    });
    EXPECT_TRUE(secret.ok()) << secret.status();
    return secret.ok() && *secret ? std::string((*secret)->Expose()) : "";
  }

  Client TheClient() {
    const auto client =
        Read([&](Ledger& ledger) { return ledger.clients().Get(kCrm); });
    EXPECT_TRUE(client.ok()) << client.status();
    return client.ok() ? *client : Client();
  }

  std::vector<std::string> RejectedAt() {
    std::vector<std::string> names;
    for (const auto& [name, unused] : TheClient().misconfigured) {
      names.push_back(name.value());
    }
    return names;
  }
};

}  // namespace bursar

#endif  // BURSAR_TESTS_CONFORMANCE_CLIENT_SECRET_DUTIES_H_
