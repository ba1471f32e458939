#include "server/core/observed_journal.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/random.h"
#include "tests/conformance/run_work.h"
#include "tests/fakes/faulty_journal.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/temporary_ledger.h"

namespace bursar {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class KindsInOrder final : public EventObserver {
 public:
  void Happened(const Event& event) override { kinds_.push_back(event.kind); }
  const std::vector<std::string>& kinds() const { return kinds_; }

 private:
  std::vector<std::string> kinds_;
};

class ObservedJournalTest : public testing::Test {
 protected:
  absl::Status Append(Ledger& ledger, const std::string& kind) {
    Event event;
    event.kind = kind;
    event.time = clock_.Now();
    return ledger.events().Append(event);
  }

  ManualClock clock_;
  SystemRandom random_;
  TemporaryLedger ledger_{random_, clock_};
  FaultyJournal faulty_{ledger_.journal()};
  KindsInOrder observer_;
  ObservedJournal journal_{faulty_, {&observer_}};
};

TEST_F(ObservedJournalTest, WhatIsDurableIsToldInOrder) {
  ASSERT_TRUE(RunWrite(journal_, [&](Ledger& ledger) {
                const absl::Status first = Append(ledger, "first");
                return first.ok() ? Append(ledger, "second") : first;
              }).ok());
  EXPECT_THAT(observer_.kinds(), ElementsAre("first", "second"));
}

TEST_F(ObservedJournalTest, WhatIsUndoneIsNotTold) {
  ASSERT_FALSE(RunWrite(journal_, [&](Ledger& ledger) {
                 EXPECT_TRUE(Append(ledger, "undone").ok());
                 return absl::AbortedError("");
               }).ok());
  EXPECT_THAT(observer_.kinds(), IsEmpty());
}

TEST_F(ObservedJournalTest, NothingIsToldBeforeItIsDurable) {
  FaultyJournal::Fault look;
  look.before_commit = [&] { EXPECT_THAT(observer_.kinds(), IsEmpty()); };
  faulty_.Inject(std::move(look));
  ASSERT_TRUE(RunWrite(journal_, [&](Ledger& ledger) {
                return Append(ledger, "durable");
              }).ok());
  EXPECT_THAT(observer_.kinds(), ElementsAre("durable"));
}

// Runs each work twice, as a journal may whose transaction failed.
class TwiceJournal final : public Journal {
 public:
  explicit TwiceJournal(Journal& real) : real_(real) {}
  void Write(Work work, Done done) override {
    real_.Write(
        [work = std::move(work)](Ledger& ledger) mutable {
          work(ledger).IgnoreError();
          return work(ledger);
        },
        std::move(done));
  }
  void Read(Work work, Done done) override {
    real_.Read(std::move(work), std::move(done));
  }

 private:
  Journal& real_;
};

TEST_F(ObservedJournalTest, AWorkThatRanAgainIsToldOnce) {
  TwiceJournal twice(ledger_.journal());
  ObservedJournal journal(twice, {&observer_});
  ASSERT_TRUE(RunWrite(journal, [&](Ledger& ledger) {
                return Append(ledger, "again");
              }).ok());
  EXPECT_THAT(observer_.kinds(), ElementsAre("again"));
}

}  // namespace
}  // namespace bursar
