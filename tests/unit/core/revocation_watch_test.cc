// Each watcher hears of what it holds or was given, once, and of nothing else.

#include "server/core/revocation_watch.h"

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/core/event.h"
#include "server/core/reason.h"
#include "tests/unit/core/core_stack.h"

namespace bursar {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using Why = RevocationNotice::Why;

const Actor kWatcher("dns:watcher.example.org");
const Actor kStranger("dns:stranger.example.org");

class RevocationWatchTest : public testing::Test {
 protected:
  // What the ledger still has to say reaches a watch that is there.
  ~RevocationWatchTest() override { stack_.ledger.Close(); }

  struct Watch {
    RevocationWatch::QueuePtr queue;
    RevocationWatch::Watching watching;
  };

  Watch Begin(const Actor& subject, std::vector<GrantId> held = {}) {
    auto queue = std::make_shared<NoticeQueue>(1000, [] {});
    const bool reads = !held.empty();
    auto watching = watch_.Watch(subject, std::move(held), queue);
    if (reads) stack_.Settle();
    return {queue, std::move(watching)};
  }

  // Everything that waits for the watcher, as text.
  static std::vector<std::string> Heard(const Watch& watch) {
    std::vector<std::string> heard;
    while (auto item = watch.queue->Take()) {
      if (const auto* notice = std::get_if<RevocationNotice>(&*item)) {
        heard.push_back(notice->grant.value());
      } else if (std::holds_alternative<NoticeQueue::Synced>(*item)) {
        heard.push_back("synced");
      } else {
        heard.push_back(std::string(
            ReasonName(RefusalOf(std::get<absl::Status>(*item))->reason)));
      }
    }
    return heard;
  }

  void Given(const Actor& caller, const GrantId& grant) {
    deliveries_.Note(caller, grant, stack_.clock.Now());
  }

  // Before the start: only the ledger knows.
  void WasGiven(const std::vector<Actor>& callers, const GrantId& grant) {
    std::vector<Delivery> given;
    const absl::Time now = stack_.clock.Now();
    for (const Actor& caller : callers) {
      given.push_back({caller, grant, 1, now, now});
    }
    ASSERT_TRUE(stack_
                    .Write([&](Ledger& ledger) {
                      return ledger.deliveries()
                          .Add(given, absl::Hours(24), now)
                          .status();
                    })
                    .ok());
  }

  // Lets the watch look into the ledger, so many times one after the other.
  void LookUp(int times = 1) {
    for (int i = 0; i < times; ++i) {
      stack_.Settle();
      stack_.executor.Advance(absl::ZeroDuration());
    }
  }

  // As when that event has become durable.
  void Happens(const Grant& grant, absl::string_view kind) {
    watch_.Happened(
        event::About(grant, kind, event::Server(), stack_.clock.Now()));
    stack_.executor.Advance(absl::ZeroDuration());
  }

  void Revoke(const std::string& grant) {
    Grant revoked;
    revoked.id = GrantId(grant);
    revoked.generation = 1;
    Happens(revoked, event::kGrantRevoked);
  }

  CoreStack stack_;
  Deliveries deliveries_{1000};
  RevocationWatch watch_{stack_.journal, deliveries_, stack_.executor,
                         stack_.clock};
};

TEST_F(RevocationWatchTest, ACallerHearsOfWhatItWasGiven) {
  const Watch watch = Begin(kWatcher);
  Given(kWatcher, GrantId("a"));
  Revoke("a");
  EXPECT_THAT(Heard(watch), ElementsAre("synced", "a"));
}

TEST_F(RevocationWatchTest, ACallerHearsNothingOfWhatOthersWereGiven) {
  const Watch watch = Begin(kWatcher);
  Given(kStranger, GrantId("a"));
  Revoke("a");
  stack_.executor.Advance(absl::Minutes(1));
  EXPECT_THAT(Heard(watch), ElementsAre("synced"));
}

TEST_F(RevocationWatchTest, EveryEndOfTokensIsTold) {
  const Watch watch = Begin(kWatcher);
  Grant grant;
  grant.id = GrantId("a");
  grant.generation = 7;
  Given(kWatcher, grant.id);
  for (const auto& [kind, why] :
       {std::pair(event::kGrantRevoked, Why::kRevoked),
        std::pair(event::kGrantSuperseded, Why::kSuperseded),
        std::pair(event::kGrantDead, Why::kConsentRequired),
        std::pair(event::kGrantPresumedEvicted, Why::kPresumedEvicted)}) {
    ASSERT_THAT(Heard(watch), testing::AnyOf(ElementsAre("synced"), IsEmpty()));
    Happens(grant, kind);
    const auto item = watch.queue->Take();
    ASSERT_TRUE(item) << kind;
    EXPECT_EQ(std::get<RevocationNotice>(*item),
              (RevocationNotice{grant.id, 7, why, stack_.clock.Now()}));
  }
}

TEST_F(RevocationWatchTest, WhatEndsNoTokenIsNotTold) {
  const Watch watch = Begin(kWatcher);
  Grant grant;
  grant.id = GrantId("a");
  Given(kWatcher, grant.id);
  Happens(grant, event::kTokenRefreshed);
  Happens(grant, event::kRefreshFailed);
  Happens(grant, event::kRevocationConfirmed);
  EXPECT_THAT(Heard(watch), ElementsAre("synced"));
}

TEST_F(RevocationWatchTest, ACallerThatGotTheTokenWhileItDiedHearsLater) {
  const Watch watch = Begin(kWatcher);
  Revoke("a");
  EXPECT_THAT(Heard(watch), ElementsAre("synced"));
  Given(kWatcher, GrantId("a"));
  stack_.executor.Advance(absl::Minutes(1));
  EXPECT_THAT(Heard(watch), ElementsAre("a"));
}

TEST_F(RevocationWatchTest, NobodyIsToldTwice) {
  const Watch watch = Begin(kWatcher, {GrantId("a")});
  Given(kWatcher, GrantId("a"));
  ASSERT_THAT(Heard(watch), ElementsAre("a", "synced"));
  Revoke("a");
  stack_.executor.Advance(absl::Minutes(1));
  EXPECT_THAT(Heard(watch), ElementsAre("a"));
}

TEST_F(RevocationWatchTest, WhoBeginsToWatchHearsWhatItHoldsThatIsDead) {
  const Grant dead = stack_.Consented("0");
  ASSERT_TRUE(stack_.Revoke(dead.id).Get().ok());
  const Grant living = stack_.Consented("1", {"write"});
  const Watch watch =
      Begin(kWatcher, {living.id, dead.id, GrantId("unheard-of")});
  EXPECT_THAT(Heard(watch),
              UnorderedElementsAre(dead.id.value(), "unheard-of", "synced"));
}

TEST_F(RevocationWatchTest, AnyNumberOfHeldGrantsIsLookedAt) {
  std::vector<GrantId> held;
  for (int i = 0; i < 950; ++i) held.emplace_back(absl::StrCat("gone-", i));
  const Watch watch = Begin(kWatcher, held);
  ASSERT_TRUE([&] {
    const absl::Time limit = SystemClock().Now() + absl::Seconds(20);
    std::vector<std::string> heard;
    while (heard.empty() || heard.back() != "synced") {
      for (std::string& one : Heard(watch)) heard.push_back(std::move(one));
      if (SystemClock().Now() > limit) return false;
    }
    return heard.size() == 951;
  }());
}

TEST_F(RevocationWatchTest, WhatIsHeldIsToldAfterARestartThatForgotWhoGotIt) {
  const Grant grant = stack_.Consented();
  const Watch watch = Begin(kWatcher, {grant.id});
  Happens(grant, event::kGrantRevoked);
  EXPECT_THAT(Heard(watch), ElementsAre("synced", grant.id.value()));
}

TEST_F(RevocationWatchTest, ACallerHearsOfWhatItWasGivenBeforeARestart) {
  const Grant grant = stack_.Consented();
  WasGiven({kWatcher}, grant.id);
  const Watch watch = Begin(kWatcher);
  const Watch stranger = Begin(kStranger);
  Happens(grant, event::kGrantRevoked);
  LookUp();
  EXPECT_THAT(Heard(watch), ElementsAre("synced", grant.id.value()));
  EXPECT_THAT(Heard(stranger), ElementsAre("synced"));
}

TEST_F(RevocationWatchTest, AnyNumberOfCallersIsFoundInTheLedger) {
  const Grant grant = stack_.Consented();
  std::vector<Actor> callers;
  for (int i = 0; i < 250; ++i) callers.emplace_back(absl::StrCat("unix:", i));
  WasGiven(callers, grant.id);
  std::vector<Watch> watches;
  for (const Actor& caller : callers) watches.push_back(Begin(caller));
  Happens(grant, event::kGrantRevoked);
  LookUp(3);
  for (const Watch& watch : watches) {
    ASSERT_THAT(Heard(watch), ElementsAre("synced", grant.id.value()));
  }
}

TEST_F(RevocationWatchTest, AnyNumberOfDeathsAtOnceIsLookedUp) {
  const Grant grant = stack_.Consented();
  WasGiven({kWatcher}, grant.id);
  const Watch watch = Begin(kWatcher);
  for (int i = 0; i < 250; ++i) Happens(grant, event::kGrantRevoked);
  LookUp(4);
  EXPECT_EQ(Heard(watch).size(), 251);
}

TEST_F(RevocationWatchTest, WhoIsInMemoryAndInTheLedgerIsToldOnce) {
  const Grant grant = stack_.Consented();
  WasGiven({kWatcher}, grant.id);
  Given(kWatcher, grant.id);
  const Watch watch = Begin(kWatcher);
  Happens(grant, event::kGrantRevoked);
  LookUp();
  stack_.executor.Advance(absl::Minutes(1));
  LookUp();
  EXPECT_THAT(Heard(watch), ElementsAre("synced", grant.id.value()));
}

TEST_F(RevocationWatchTest, WhoComesAMomentAfterHearsWhatTheLedgerKnows) {
  const Grant grant = stack_.Consented();
  WasGiven({kWatcher}, grant.id);
  Happens(grant, event::kGrantRevoked);
  const Watch watch = Begin(kWatcher);
  stack_.executor.Advance(absl::Minutes(1));
  LookUp();
  EXPECT_THAT(Heard(watch), ElementsAre("synced", grant.id.value()));
}

TEST_F(RevocationWatchTest, ALedgerThatCannotBeReadCostsNobodyInMemoryTheNews) {
  const Grant grant = stack_.Consented();
  const Watch watch = Begin(kWatcher);
  Given(kWatcher, grant.id);
  stack_.journal.AnswerReads(FieldInvalid("ledger", "cannot be read"));
  Happens(grant, event::kGrantRevoked);
  LookUp();
  EXPECT_THAT(Heard(watch), ElementsAre("synced", grant.id.value()));
}

TEST_F(RevocationWatchTest, ALedgerThatCouldNotBeReadIsAskedOnceMore) {
  const Grant grant = stack_.Consented();
  WasGiven({kWatcher}, grant.id);
  const Watch watch = Begin(kWatcher);
  stack_.journal.AnswerReads(FieldInvalid("ledger", "cannot be read"));
  Happens(grant, event::kGrantRevoked);
  LookUp();
  ASSERT_THAT(Heard(watch), ElementsAre("synced"));
  stack_.journal.AnswerReads(absl::OkStatus());
  stack_.executor.Advance(absl::Minutes(1));
  LookUp();
  EXPECT_THAT(Heard(watch), ElementsAre(grant.id.value()));
}

TEST_F(RevocationWatchTest, WhatDiedWhileTheWatchBeganIsTold) {
  Given(kWatcher, GrantId("a"));
  Given(kStranger, GrantId("b"));
  Revoke("a");
  Revoke("b");
  EXPECT_THAT(Heard(Begin(kWatcher)), ElementsAre("a", "synced"));
}

TEST_F(RevocationWatchTest, WhatDiedLongAgoIsOfNoInterest) {
  Given(kWatcher, GrantId("a"));
  Revoke("a");
  stack_.clock.Advance(absl::Hours(1));
  Revoke("b");
  EXPECT_THAT(Heard(Begin(kWatcher)), ElementsAre("synced"));
}

TEST_F(RevocationWatchTest, WhoHasLeftIsToldNothing) {
  Watch watch = Begin(kWatcher, {GrantId("a")});
  Given(kWatcher, GrantId("a"));
  Heard(watch);
  watch.watching.reset();
  Revoke("a");
  EXPECT_THAT(Heard(watch), IsEmpty());
}

TEST_F(RevocationWatchTest, EveryWatcherOfASubjectHears) {
  std::vector<Watch> watches;
  for (int i = 0; i < 1000; ++i) watches.push_back(Begin(kWatcher));
  Given(kWatcher, GrantId("a"));
  Revoke("a");
  for (const Watch& watch : watches) {
    ASSERT_THAT(Heard(watch), ElementsAre("synced", "a"));
  }
}

TEST_F(RevocationWatchTest, WhoMayNotWatchAnyMoreIsToldWhy) {
  const Watch barred = Begin(kWatcher);
  const Watch other = Begin(kStranger);
  watch_.EndThose([](const Actor& subject) {
    return subject == kWatcher ? FieldInvalid("subject", "barred")
                               : absl::OkStatus();
  });
  EXPECT_THAT(Heard(barred), ElementsAre("FIELD_INVALID"));
  EXPECT_THAT(Heard(other), ElementsAre("synced"));
}

TEST_F(RevocationWatchTest, AClosedWatchSendsEverybodyElsewhere) {
  const Watch before = Begin(kWatcher);
  watch_.Close();
  EXPECT_THAT(Heard(before), ElementsAre("SHUTTING_DOWN"));
  EXPECT_THAT(Heard(Begin(kWatcher)), ElementsAre("SHUTTING_DOWN"));
}

TEST_F(RevocationWatchTest, AWatchEndsAfterAnHourSoThatItIsJudgedAnew) {
  const Watch watch = Begin(kWatcher);
  ASSERT_THAT(Heard(watch), ElementsAre("synced"));
  stack_.executor.Advance(absl::Minutes(44));
  EXPECT_FALSE(watch.queue->Take());
  stack_.executor.Advance(absl::Minutes(32));
  const auto end = watch.queue->Take();
  ASSERT_TRUE(end);
  EXPECT_TRUE(std::get<absl::Status>(*end).ok());
}

TEST_F(RevocationWatchTest, ASubjectMayWatchSoOftenAndAnotherStillMay) {
  std::vector<Watch> watches;
  for (int i = 0; i < 2000; ++i) watches.push_back(Begin(kWatcher));
  EXPECT_THAT(Heard(watches.back()), ElementsAre("synced"));
  EXPECT_THAT(Heard(Begin(kWatcher)), ElementsAre("CALLER_THROTTLED"));
  EXPECT_THAT(Heard(Begin(kStranger)), ElementsAre("synced"));
  watches.pop_back();
  EXPECT_THAT(Heard(Begin(kWatcher)), ElementsAre("synced"));
}

TEST_F(RevocationWatchTest, ASubjectMayNameSoManyGrants) {
  auto queue = std::make_shared<NoticeQueue>(1'000'000, [] {});
  auto many = watch_.Watch(
      kWatcher, std::vector<GrantId>(400'000, GrantId("one")), queue);
  EXPECT_THAT(Heard(Begin(kWatcher, {GrantId("a")})),
              ElementsAre("CALLER_THROTTLED"));
  EXPECT_THAT(Heard(Begin(kWatcher)), ElementsAre("synced"));
  many.reset();
  EXPECT_THAT(Heard(Begin(kWatcher, {GrantId("a")})),
              ElementsAre("a", "synced"));
}

TEST_F(RevocationWatchTest, WatchersComeAndGoWhileGrantsDie) {
  Given(kWatcher, GrantId("a"));
  std::atomic<bool> stop = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      while (!stop) {
        auto queue = std::make_shared<NoticeQueue>(1000, [] {});
        const auto watching = watch_.Watch(kWatcher, {GrantId("b")}, queue);
        queue->Take();
      }
    });
  }
  for (int i = 0; i < 200; ++i) Revoke(i % 2 == 0 ? "a" : "b");
  stop = true;
  for (std::thread& thread : threads) thread.join();
  const Watch watch = Begin(kWatcher);
  Heard(watch);
  Revoke("a");
  EXPECT_THAT(Heard(watch), ElementsAre("a"));
}

}  // namespace
}  // namespace bursar
