// How large a ledger gets by a year of hourly refreshes of a grant whose
// provider rotates, which is the most that one can cost.

#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/conformance/run_work.h"
#include "tests/unit/ledger/ledger_folder.h"

namespace bursar {
namespace {

class GrowthTest : public testing::Test {
 protected:
  void SetUp() override {
    journal_ = *folder_.Open();
    ASSERT_TRUE(RunWrite(*journal_, [&](Ledger& ledger) {
                  const auto status = AddClient(ledger, now_);
                  return status.ok() ? AddGrant(ledger, "grant", now_) : status;
                }).ok());
    empty_ = Bytes();
  }

  /// Refreshes once an hour, and removes what is older than `kept` once a day.
  void Days(int count, absl::Duration kept) {
    for (int day = 0; day < count; ++day) {
      const absl::Status refreshed =
          RunWrite(*journal_, [&](Ledger& ledger) { return Day(ledger); });
      ASSERT_TRUE(refreshed.ok()) << refreshed;
      const auto removed = RunWrite(*journal_, [&](Ledger& ledger) {
        return ledger.audit().Remove(now_ - kept);
      });
      ASSERT_TRUE(removed.ok()) << removed.status();
    }
  }

  /// What the grant costs.
  int64_t Bytes() {
    auto database = *Database::Open(folder_.path());
    int64_t bytes = 1;
    for (const char* sql : {"PRAGMA page_count", "PRAGMA page_size"}) {
      Statement row = database->Query(sql);
      EXPECT_TRUE(*row.Next());
      bytes *= row.Int(0);
    }
    return bytes - empty_;
  }

  LedgerFolder folder_;
  std::unique_ptr<SqliteJournal> journal_;
  absl::Time now_ = folder_.now();

 private:
  absl::Status Day(Ledger& ledger) {
    for (int hour = 0; hour < 24; ++hour) {
      now_ += absl::Hours(1);
      const absl::Status status = Refresh(ledger);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::Status Refresh(Ledger& ledger) {
    const GrantId id("grant");
    const auto grant = ledger.grants().Get(id);
    if (!grant.ok()) return grant.status();
    const auto lease = ledger.refreshes().Begin(id, grant->generation, now_);
    if (!lease.ok()) return lease.status();
    // Of the lengths that providers give.
    const std::string name(64, 'x');
    Granted granted;
    granted.access_token.value =
        Secret::Take(absl::StrCat(name, "access", grant->generation));
    granted.access_token.token_type = "Bearer";
    granted.access_token.obtained = now_;
    granted.access_token.expiry = now_ + absl::Hours(1);
    granted.refresh_token =
        Secret::Take(absl::StrCat(name, "refresh", grant->generation));
    const auto committed =
        ledger.refreshes().Commit(*lease, granted, std::nullopt, now_);
    if (!committed.ok()) return committed.status();
    Event event;
    event.time = now_;
    event.kind = "token.refreshed";
    event.actor = Actor("spiffe://example.org/ns/payments/sa/reader");
    event.grant = id;
    event.user = grant->user;
    event.client = grant->client;
    event.generation = *committed;
    event.outcome = "ok";
    return ledger.events().Append(event);
  }

  int64_t empty_ = 0;
};

TEST_F(GrowthTest, AYearOfHourlyRefreshesIsAFewMegabytesAGrant) {
  Days(365, absl::Hours(24) * 400);
  const int64_t bytes = Bytes();
  std::cout << "a year of hourly refreshes, kept whole: " << bytes / 1024
            << " KiB a grant\n";
  EXPECT_LT(bytes, 6 << 20);
}

TEST_F(GrowthTest, WithRetentionALedgerStopsGrowing) {
  const absl::Duration kKept = absl::Hours(24) * 30;
  Days(90, kKept);
  const int64_t after_a_quarter = Bytes();
  Days(275, kKept);
  const int64_t after_a_year = Bytes();
  std::cout << "a year of hourly refreshes, thirty days kept: "
            << after_a_year / 1024 << " KiB a grant\n";
  EXPECT_LT(after_a_year, 1 << 20);
  EXPECT_LE(after_a_year, after_a_quarter + after_a_quarter / 10);
}

}  // namespace
}  // namespace bursar
