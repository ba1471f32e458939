// The duties of a RefreshStore towards refreshes that never came to a known
// end, as part of the ledger's suite.

#ifndef BURSAR_TESTS_CONFORMANCE_UNANSWERED_DUTIES_H_
#define BURSAR_TESTS_CONFORMANCE_UNANSWERED_DUTIES_H_

#include <optional>
#include <string>
#include <vector>

#include "tests/conformance/ledger_suite.h"

namespace bursar {

class UnansweredDuties : public LedgerSuite {
 protected:
  std::vector<std::string> Unanswered(absl::Time since,
                                      const std::string& provider = "zoho",
                                      int limit = 100) {
    const auto grants = Read([&](Ledger& ledger) {
      return ledger.refreshes().Unanswered(ProviderName(provider), since,
                                           limit);
    });
    EXPECT_TRUE(grants.ok()) << grants.status();
    std::vector<std::string> ids;
    if (!grants.ok()) return ids;
    for (const Grant& grant : *grants) ids.push_back(grant.id.value());
    return ids;
  }

  /// Begins a refresh of the grant, which has generation 1, and loses its
  /// answer.
  void Lose(const std::string& grant,
            std::optional<absl::Time> pause_until = std::nullopt) {
    const auto lease = Begin(grant, 1);
    ASSERT_TRUE(lease.ok()) << lease.status();
    RefreshFailure failure;
    failure.outcome_unknown = true;
    if (pause_until) {
      failure.pause = {*pause_until, Reason::kProviderTimedOut};
    }
    ASSERT_TRUE(Fail(*lease, failure).ok());
  }

  const absl::Time kBefore = now_ - absl::Seconds(1);
};

}  // namespace bursar

#endif  // BURSAR_TESTS_CONFORMANCE_UNANSWERED_DUTIES_H_
