#include "server/identity/api_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>

#include "tests/conformance/run_work.h"
#include "tests/fakes/faulty_journal.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/temporary_ledger.h"

namespace bursar {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ApiKeysTest : public ::testing::Test {
 protected:
  ApiKeysTest() { EXPECT_TRUE(keys.Load(clock.Now()).ok()); }

  absl::StatusOr<ApiKeys::Made> Create(absl::Duration life = absl::Hours(24)) {
    std::promise<absl::StatusOr<ApiKeys::Made>> told;
    keys.Create("batch", life, Actor("operator"), clock.Now(),
                [&](auto made) { told.set_value(std::move(made)); });
    return told.get_future().get();
  }

  absl::StatusOr<ApiKey> Revoke(const ApiKeyId& id) {
    std::promise<absl::StatusOr<ApiKey>> told;
    keys.Revoke(id, Actor("operator"), clock.Now(),
                [&](auto revoked) { told.set_value(std::move(revoked)); });
    return told.get_future().get();
  }

  std::string TextOf(const ApiKeys::Made& made) {
    return std::string(made.text.Expose());
  }

  bool IsGood(const std::string& text) {
    return keys.Judge(text, clock.Now()).ok();
  }

  std::vector<Event> Events() {
    return RunRead(ledger.journal(),
                   [](Ledger& l) { return l.events().List({}, {}); })
        ->items;
  }

  ManualClock clock;
  SystemRandom random;
  TemporaryLedger ledger{random, clock};
  FaultyJournal journal{ledger.journal()};
  ApiKeys keys{journal, random};
};

TEST_F(ApiKeysTest, AKeyMakesTheCallerThatItIsNamedFor) {
  const auto made = Create();
  ASSERT_TRUE(made.ok()) << made.status();
  const auto caller = keys.Judge(TextOf(*made), clock.Now());
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(*caller, Actor("api-key:batch"));
}

TEST_F(ApiKeysTest, ItsIdIsNoOptionOfACommandLine) {
  const auto made = Create();
  ASSERT_TRUE(made.ok());
  EXPECT_THAT(made->key.id.value(), StartsWith("key-"));
}

TEST_F(ApiKeysTest, ItsTextIsInNoRow) {
  const auto made = Create();
  ASSERT_TRUE(made.ok());
  const std::string secret = TextOf(*made).substr(23);
  const auto known = RunRead(ledger.journal(), [this](Ledger& l) {
    return l.api_keys().Living(clock.Now());
  });
  ASSERT_EQ(known->size(), 1u);
  EXPECT_THAT(known->at(0).digest, Not(HasSubstr(secret)));
  EXPECT_THAT(known->at(0).key.id.value(), Not(HasSubstr(secret)));
}

TEST_F(ApiKeysTest, ASecretThatDiffersAnywhereIsRefused) {
  const auto made = Create();
  ASSERT_TRUE(made.ok());
  const std::string good = TextOf(*made);
  for (std::size_t place = 7; place < good.size(); ++place) {
    std::string bad = good;
    bad[place] = bad[place] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(IsGood(bad)) << place;
  }
}

TEST_F(ApiKeysTest, WhatIsNoKeyIsRefused) {
  const auto made = Create();
  ASSERT_TRUE(made.ok());
  const std::string good = TextOf(*made);
  for (const std::string& text :
       {std::string(), std::string("bursar_"), good + "A", good.substr(1),
        good.substr(0, good.size() - 1), "Bursar_" + good.substr(7)}) {
    EXPECT_FALSE(IsGood(text)) << text.size();
  }
}

TEST_F(ApiKeysTest, AKeyThatHasExpiredIsRefused) {
  const auto made = Create(absl::Hours(1));
  ASSERT_TRUE(made.ok());
  clock.Advance(absl::Hours(1) - absl::Seconds(1));
  EXPECT_TRUE(IsGood(TextOf(*made)));
  clock.Advance(absl::Seconds(1));
  EXPECT_FALSE(IsGood(TextOf(*made)));
}

TEST_F(ApiKeysTest, ARevokedKeyIsRefusedFromTheAnswerOn) {
  const auto made = Create();
  ASSERT_TRUE(made.ok());
  ASSERT_TRUE(Revoke(made->key.id).ok());
  EXPECT_FALSE(IsGood(TextOf(*made)));
}

TEST_F(ApiKeysTest, OtherKeysOfTheSameNameLiveOn) {
  const auto one = Create();
  const auto other = Create();
  ASSERT_TRUE(one.ok() && other.ok());
  ASSERT_TRUE(Revoke(one->key.id).ok());
  EXPECT_TRUE(IsGood(TextOf(*other)));
}

TEST_F(ApiKeysTest, AKeyThatIsNotDurableIsNeverGood) {
  journal.Inject({absl::UnavailableError("disk"), {}, {}, {}});
  EXPECT_FALSE(Create().ok());
  const auto known = RunRead(ledger.journal(), [this](Ledger& l) {
    return l.api_keys().Living(clock.Now());
  });
  EXPECT_TRUE(known->empty());
  EXPECT_TRUE(Events().empty());
}

TEST_F(ApiKeysTest, ARevocationThatIsNotDurableEndsNothing) {
  const auto made = Create();
  ASSERT_TRUE(made.ok());
  journal.Inject({absl::UnavailableError("disk"), {}, {}, {}});
  EXPECT_FALSE(Revoke(made->key.id).ok());
  EXPECT_TRUE(IsGood(TextOf(*made)));
}

TEST_F(ApiKeysTest, AfterARestartLivingKeysAreGoodAndRevokedOnesNot) {
  const auto living = Create();
  const auto revoked = Create();
  ASSERT_TRUE(living.ok() && revoked.ok());
  ASSERT_TRUE(Revoke(revoked->key.id).ok());
  ApiKeys after{journal, random};
  ASSERT_TRUE(after.Load(clock.Now()).ok());
  EXPECT_TRUE(after.Judge(TextOf(*living), clock.Now()).ok());
  EXPECT_FALSE(after.Judge(TextOf(*revoked), clock.Now()).ok());
}

TEST_F(ApiKeysTest, ItsLastUseIsNotedToTheHour) {
  const auto made = Create();
  ASSERT_TRUE(made.ok());
  clock.Advance(absl::Hours(3));
  ASSERT_TRUE(IsGood(TextOf(*made)));
  ASSERT_TRUE(IsGood(TextOf(*made)));
  // Writes keep their order: this one is told after the note.
  ASSERT_TRUE(RunWrite(ledger.journal(), [](Ledger&) {
                return absl::OkStatus();
              }).ok());
  const auto listed = RunRead(ledger.journal(),
                              [](Ledger& l) { return l.api_keys().List({}); });
  ASSERT_TRUE(listed->items.at(0).last_used);
  EXPECT_LE(clock.Now() - *listed->items.at(0).last_used, absl::Hours(1));
  EXPECT_GE(clock.Now(), *listed->items.at(0).last_used);
}

TEST_F(ApiKeysTest, TheRecordSaysWhoMadeAndWhoEndedWhichKey) {
  const auto made = Create();
  ASSERT_TRUE(made.ok());
  ASSERT_TRUE(Revoke(made->key.id).ok());
  EXPECT_TRUE(absl::IsNotFound(Revoke(made->key.id).status()));
  const auto events = Events();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].kind, "api_key.created");
  EXPECT_EQ(events[0].actor, Actor("operator"));
  EXPECT_EQ(events[0].outcome, "batch " + made->key.id.value());
  EXPECT_EQ(events[1].kind, "api_key.revoked");
  for (const Event& event : events) {
    EXPECT_THAT(event.outcome, Not(HasSubstr(TextOf(*made).substr(23))));
  }
}

}  // namespace
}  // namespace bursar
