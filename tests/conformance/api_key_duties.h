// The duties of an ApiKeyStore, as part of the ledger's suite.

#ifndef BURSAR_TESTS_CONFORMANCE_API_KEY_DUTIES_H_
#define BURSAR_TESTS_CONFORMANCE_API_KEY_DUTIES_H_

#include <string>
#include <vector>

#include "tests/conformance/ledger_suite.h"

namespace bursar {

class ApiKeyDuties : public LedgerSuite {
 protected:
  /// A key that is good for an hour.
  KnownApiKey Key(const std::string& id) const {
    return {{ApiKeyId(id),
             "batch",
             Actor("operator"),
             now_,
             now_ + absl::Hours(1),
             {},
             {}},
            std::string(32, id.back())};
  }

  absl::Status Add(const std::string& id) {
    return Write(
        [&](Ledger& ledger) { return ledger.api_keys().Add(Key(id)); });
  }

  absl::StatusOr<ApiKey> Revoke(const std::string& id) {
    return Write([&](Ledger& ledger) {
      return ledger.api_keys().Revoke(ApiKeyId(id), now_);
    });
  }

  std::vector<KnownApiKey> Living() {
    auto keys =
        Read([&](Ledger& ledger) { return ledger.api_keys().Living(now_); });
    EXPECT_TRUE(keys.ok()) << keys.status();
    return keys.ok() ? *std::move(keys) : std::vector<KnownApiKey>();
  }

  Page<ApiKey> List(const PageRequest& page = {}) {
    auto keys =
        Read([&](Ledger& ledger) { return ledger.api_keys().List(page); });
    EXPECT_TRUE(keys.ok()) << keys.status();
    return keys.ok() ? *std::move(keys) : Page<ApiKey>();
  }
};

}  // namespace bursar

#endif  // BURSAR_TESTS_CONFORMANCE_API_KEY_DUTIES_H_
