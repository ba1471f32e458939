// The duties of a BegunGrantStore, as part of the ledger's suite.

#ifndef BURSAR_TESTS_CONFORMANCE_BEGUN_GRANT_DUTIES_H_
#define BURSAR_TESTS_CONFORMANCE_BEGUN_GRANT_DUTIES_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/conformance/ledger_suite.h"

namespace bursar {

class BegunGrantDuties : public LedgerSuite {
 protected:
  void Add(const NewGrant& grant) {
    const absl::Status added =
        Write([&](Ledger& l) { return l.grants().Add(grant, now_); });
    EXPECT_TRUE(added.ok()) << added;
  }

  /// "ACTOR USER CLIENT" of each.
  std::vector<std::string> List(const PageRequest& request = {}) {
    auto page = Read([&](Ledger& l) { return l.begun_grants().List(request); });
    EXPECT_TRUE(page.ok()) << page.status();
    next_ = page->next;
    std::vector<std::string> lines;
    for (const BegunGrant& begun : page->items) {
      lines.push_back(absl::StrCat(begun.actor.value(), " ", begun.user.value(),
                                   " ", begun.client.value()));
    }
    return lines;
  }

  std::string next_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_CONFORMANCE_BEGUN_GRANT_DUTIES_H_
