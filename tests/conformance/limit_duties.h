// The duties of a LimitStore, as part of the ledger's suite.

#ifndef BURSAR_TESTS_CONFORMANCE_LIMIT_DUTIES_H_
#define BURSAR_TESTS_CONFORMANCE_LIMIT_DUTIES_H_

#include <optional>
#include <string>

#include "tests/conformance/ledger_suite.h"

namespace bursar {

class LimitDuties : public LedgerSuite {
 public:
  static constexpr absl::Duration kTenMinutes = absl::Minutes(10);

 protected:
  LimitDuties() {
    AddClient("crm");
    AddClient("erp");
  }

  void Note(Counted counted, const LimitSubject& subject) {
    const absl::Status noted = Write([&](Ledger& l) {
      return l.limits().Note(counted, subject, kTenMinutes, now_);
    });
    EXPECT_TRUE(noted.ok()) << noted;
  }

  LimitCount Count(const Limit& limit, const LimitSubject& subject) {
    const auto count =
        Read([&](Ledger& l) { return l.limits().Count(limit, subject, now_); });
    EXPECT_TRUE(count.ok()) << count.status();
    return count.value_or(LimitCount());
  }

  std::optional<GrantId> NextEvicted(const LimitSubject& subject) {
    const auto victim =
        Read([&](Ledger& l) { return l.limits().NextEvicted(kCap, subject); });
    EXPECT_TRUE(victim.ok()) << victim.status();
    return victim.value_or(std::nullopt);
  }

  void PresumeEvicted(const std::string& grant) {
    const absl::Status status = Write([&](Ledger& l) {
      return l.endings().PresumeEvicted(GrantId(grant), now_);
    });
    EXPECT_TRUE(status.ok()) << status;
  }

  const ProviderName kZoho{"zoho"};
  const LimitSubject kAda{kZoho, UserId("ada"), ClientName("crm"), GrantId()};
  const LimitSubject kAdaAtErp{kZoho, UserId("ada"), ClientName("erp"),
                               GrantId()};
  const LimitSubject kBob{kZoho, UserId("bob"), ClientName("crm"), GrantId()};
  const LimitSubject kGrant{kZoho, UserId("ada"), ClientName("crm"),
                            GrantId("g1")};
  const Limit kCap{Counted::kRefreshTokens, CountedPer::kUserAndClient, 2,
                   std::nullopt, PastLimit::kEvicts};
};

}  // namespace bursar

#endif  // BURSAR_TESTS_CONFORMANCE_LIMIT_DUTIES_H_
