// The duties that concern what operators see of the outbox of revocations, and
// do to it, as part of the ledger's suite.

#ifndef BURSAR_TESTS_CONFORMANCE_OUTBOX_DUTIES_H_
#define BURSAR_TESTS_CONFORMANCE_OUTBOX_DUTIES_H_

#include <string>
#include <vector>

#include "tests/conformance/ledger_suite.h"

namespace bursar {

class OutboxDuties : public LedgerSuite {
 protected:
  OutboxDuties() {
    AddClient("crm");
    AddClient("hr");
    AddGrant("g1");
    AddGrant("g2", "hr", "bob");
    AddGrant("g3");
    for (const char* id : {"g2", "g1"}) {
      EXPECT_TRUE(Revoke(GrantId(id)).ok());
      now_ += absl::Seconds(1);
    }
  }

  std::vector<std::string> Listed(const RevocationFilter& filter = {}) {
    const auto page =
        Read([&](Ledger& l) { return l.revocations().List(filter, {}); });
    std::vector<std::string> grants;
    for (const RevocationProgress& one : page->items) {
      grants.push_back(one.grant.value());
    }
    return grants;
  }

  // Puts all that is due off by an hour.
  void PutOff() {
    for (const PendingRevocation& due : Due(now_)) {
      ASSERT_TRUE(Write([&](Ledger& l) {
                    return l.revocations().Postpone(due.refresh_token_number,
                                                    now_ + absl::Hours(1));
                  }).ok());
    }
  }

  int64_t Hasten(const RevocationFilter& filter) {
    return *Write(
        [&](Ledger& l) { return l.revocations().Hasten(filter, now_); });
  }

  int64_t Count() {
    return *Read([](Ledger& l) { return l.revocations().CountPending(); });
  }
};

}  // namespace bursar

#endif  // BURSAR_TESTS_CONFORMANCE_OUTBOX_DUTIES_H_
