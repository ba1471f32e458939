// When everything is sealed anew, what goes on in between, and what a crash or
// a ledger out of order leaves to do.

#include "server/core/key_rotation.h"

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/random.h"
#include "server/core/key_census.h"
#include "server/core/reason.h"
#include "tests/fakes/faulty_journal.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/manual_executor.h"
#include "tests/fakes/still_keys.h"
#include "tests/fakes/temporary_ledger.h"

namespace bursar {
namespace {

using testing::ElementsAre;
using testing::Pair;
using State = KeyRotationProgress::State;

// More than are sealed anew at once; each has two secrets, and the ledger two.
constexpr int kGrants = 120;
constexpr int64_t kValues = 2 * kGrants + 2;

class KeyRotationTest : public testing::Test {
 protected:
  KeyRotationTest() {
    EXPECT_TRUE(Write([this](Ledger& l) { return AddGrants(l); }).ok());
    old_key_ = ledger_.sealer().KeyIds().front();
    new_key_ = ledger_.AddKey();
    NewProcess();
  }

  // Ends the ledger first, as what it tells reaches the rotation.
  ~KeyRotationTest() override { ledger_.Close(); }

  absl::Status AddGrants(Ledger& l) {
    Client client;
    client.name = ClientName("crm");
    client.provider = ProviderName("zoho");
    const auto created = l.clients().Create(client, std::nullopt, clock_.Now());
    absl::Status status = created.status();
    for (int i = 0; status.ok() && i < kGrants; ++i) {
      NewGrant grant;
      grant.id = GrantId(absl::StrCat("g", i));
      grant.user = UserId("ada");
      grant.client = client.name;
      grant.refresh_token = Secret::Copy(absl::StrCat("refresh-", i));
      grant.access_token.emplace();
      grant.access_token->value = Secret::Copy(absl::StrCat("access-", i));
      grant.access_token->obtained = clock_.Now();
      grant.access_token->expiry = clock_.Now() + absl::Hours(1);
      status = l.grants().Add(grant, clock_.Now());
    }
    return status;
  }

  absl::Status Run(void (Journal::*run)(Journal::Work, Journal::Done),
                   Journal::Work work) {
    std::promise<absl::Status> end;
    (ledger_.journal().*run)(std::move(work), [&end](absl::Status status) {
      end.set_value(std::move(status));
    });
    return end.get_future().get();
  }
  absl::Status Write(Journal::Work work) {
    return Run(&Journal::Write, std::move(work));
  }
  void Settle() {
    const auto nothing = [](Ledger&) { return absl::OkStatus(); };
    ASSERT_TRUE(Run(&Journal::Write, nothing).ok());
    ASSERT_TRUE(Run(&Journal::Read, nothing).ok());
  }

  // What the executor has by now, and what follows of it in the ledger.
  void Step() {
    executor_->Advance(absl::ZeroDuration());
    Settle();
  }
  void StepUntil(State state) {
    for (int i = 0; i < 100 && rotation_->Progress()->state != state; ++i) {
      Step();
    }
    ASSERT_EQ(rotation_->Progress()->state, state);
  }

  // What was under way is gone, as after kill -9.
  void NewProcess() {
    ledger_.Reopen();
    executor_ = std::make_unique<ManualExecutor>();
    journal_ = std::make_unique<FaultyJournal>(ledger_.journal());
    rotation_ = std::make_unique<KeyRotation>(*journal_, ledger_.sealer(),
                                              *executor_, clock_);
  }

  absl::StatusOr<KeyRotationProgress> Begin() {
    std::promise<absl::StatusOr<KeyRotationProgress>> begun;
    rotation_->Begin(keys_, Actor("operator"), clock_.Now(),
                     [&](auto progress) { begun.set_value(progress); });
    auto progress = begun.get_future().get();
    Settle();
    return progress;
  }

  SealedCounts Counts() {
    KeyCensus census(ledger_.journal(), *executor_);
    std::promise<absl::StatusOr<SealedCounts>> told;
    census.Take([&](auto counts) { told.set_value(std::move(counts)); });
    return *told.get_future().get();
  }

  std::vector<std::string> EventKinds() {
    std::vector<std::string> kinds;
    EXPECT_TRUE(Run(&Journal::Read, [&](Ledger& l) {
                  kinds.clear();
                  const auto events = l.events().List({}, {});
                  for (const Event& event : events->items) {
                    kinds.push_back(absl::StrCat(event.kind, " ",
                                                 event.actor.value(), " ",
                                                 event.outcome));
                  }
                  return events.status();
                }).ok());
    return kinds;
  }

  SystemRandom random_;
  ManualClock clock_;
  TemporaryLedger ledger_{random_, clock_};
  StillKeys keys_;
  std::string old_key_;
  std::string new_key_;
  std::unique_ptr<ManualExecutor> executor_;
  std::unique_ptr<FaultyJournal> journal_;
  std::unique_ptr<KeyRotation> rotation_;
};

TEST_F(KeyRotationTest, EverythingGetsUnderThePrimaryKey) {
  ASSERT_TRUE(Begin().ok());
  StepUntil(State::kEnded);
  EXPECT_THAT(Counts(), ElementsAre(Pair(new_key_, kValues)));
  const KeyRotationProgress progress = *rotation_->Progress();
  EXPECT_EQ(progress.resealed, kValues);
  EXPECT_EQ(progress.remaining, 0);
  EXPECT_EQ(progress.unopened, 0);
}

TEST_F(KeyRotationTest, OthersWritesComeInBetween) {
  ASSERT_TRUE(Begin().ok());
  StepUntil(State::kResealing);
  // The first stretch; the next waits for the executor.
  Settle();
  const KeyRotationProgress progress = *rotation_->Progress();
  EXPECT_GT(progress.resealed, 0);
  EXPECT_EQ(progress.resealed + progress.remaining, kValues);
  EXPECT_GT(progress.remaining, 0);
}

TEST_F(KeyRotationTest, ACrashLeavesTheRestToTheNextProcess) {
  ASSERT_TRUE(Begin().ok());
  StepUntil(State::kResealing);
  NewProcess();
  EXPECT_FALSE(rotation_->Progress());
  rotation_->Resume();
  Settle();
  StepUntil(State::kEnded);
  EXPECT_EQ(rotation_->Progress()->resealed, kValues);
  EXPECT_THAT(Counts(), ElementsAre(Pair(new_key_, kValues)));
}

TEST_F(KeyRotationTest, NothingGoesOnThatWasNotBegunOrHasEnded) {
  rotation_->Resume();
  Settle();
  EXPECT_FALSE(rotation_->Progress());
  ASSERT_TRUE(Begin().ok());
  StepUntil(State::kEnded);
  NewProcess();
  rotation_->Resume();
  Settle();
  EXPECT_FALSE(rotation_->Progress());
}

TEST_F(KeyRotationTest, BeginningTwiceIsOneRotation) {
  ASSERT_TRUE(Begin().ok());
  StepUntil(State::kResealing);
  ASSERT_TRUE(Begin().ok());
  StepUntil(State::kEnded);
  EXPECT_EQ(rotation_->Progress()->resealed, kValues);
  EXPECT_THAT(EventKinds(), ElementsAre("keys.rotation_begun operator ok",
                                        "keys.rotated bursard ok"));
}

TEST_F(KeyRotationTest, AYetNewerKeyIsTakenOnTheWay) {
  ASSERT_TRUE(Begin().ok());
  StepUntil(State::kResealing);
  const std::string newest = ledger_.AddKey();
  rotation_->Resume();
  Settle();
  StepUntil(State::kEnded);
  EXPECT_THAT(Counts(), ElementsAre(Pair(newest, kValues)));
}

TEST_F(KeyRotationTest, WhatALostKeySealedIsToldOf) {
  ledger_.ForgetOldKeys();
  ASSERT_TRUE(Begin().ok());
  StepUntil(State::kEnded);
  EXPECT_EQ(rotation_->Progress()->unopened, kValues);
  EXPECT_THAT(Counts(), ElementsAre(Pair(old_key_, kValues)));
  EXPECT_THAT(EventKinds(),
              ElementsAre("keys.rotation_begun operator ok",
                          "keys.rotated bursard KEY_UNAVAILABLE"));
}

TEST_F(KeyRotationTest, KeysThatAreRefusedBeginNothing) {
  keys_.answer =
      ToStatus({Reason::kKeyUnavailable, "a wrong line", {}, {}, {}});
  EXPECT_EQ(Begin().status(), keys_.answer);
  EXPECT_FALSE(rotation_->Progress());
  EXPECT_TRUE(EventKinds().empty());
}

TEST_F(KeyRotationTest, ALedgerOutOfOrderIsTriedAgainLater) {
  ASSERT_TRUE(Begin().ok());
  journal_->Inject({absl::UnavailableError("full"), {}, {}, {}});
  Step();
  const int64_t resealed = rotation_->Progress()->resealed;
  Step();
  EXPECT_EQ(rotation_->Progress()->resealed, resealed);
  executor_->Advance(absl::Minutes(1));
  StepUntil(State::kEnded);
  EXPECT_THAT(Counts(), ElementsAre(Pair(new_key_, kValues)));
}

TEST_F(KeyRotationTest, WhatWasNotNotedIsNotBegun) {
  journal_->Inject({absl::UnavailableError("full"), {}, {}, {}});
  EXPECT_TRUE(absl::IsUnavailable(Begin().status()));
  EXPECT_FALSE(rotation_->Progress());
}

}  // namespace
}  // namespace bursar
