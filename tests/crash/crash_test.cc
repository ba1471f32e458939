// kill -9 in the middle of a refresh, at every point where it matters, and at
// no point in particular.

#include <sys/wait.h>

#include <atomic>
#include <csignal>
#include <random>
#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"
#include "tests/journey/harness/programs.h"

namespace bursar::journey {
namespace {

// How the provider treats a refresh token that it has replaced.
enum class Rotates { kNever, kWithGrace, kWithoutGrace };

SandboxOptions ProviderThat(Rotates rotates) {
  SandboxOptions options = Unlimited();
  options.switches["rotation"] = rotates == Rotates::kNever ? "false" : "true";
  options.switches["rotation_grace_seconds"] =
      rotates == Rotates::kWithGrace ? "600" : "0";
  return options;
}

// What the broker knows of it.
std::string DescriptorOf(Rotates rotates) {
  return absl::StrCat("    may_rotate: true\n    rotation_grace: ",
                      rotates == Rotates::kWithGrace ? "10m" : "0s", "\n");
}

class Crash : public Journey {
 protected:
  // Consents, has a refresh killed at `point`, and starts bursard itself on
  // what is left.
  void KillRefreshAt(const std::string& point, Rotates rotates) {
    BrokerOptions dying;
    dying.program = std::string(kBursardUnderTest);
    dying.provider_keys = DescriptorOf(rotates);
    dying.more_arguments = {"--die", point};
    StartStack(ProviderThat(rotates), dying);
    grant_ = ConsentExpired(kAnn);
    EXPECT_EQ(GetToken(kAnn).outcome.code, grpc::StatusCode::UNAVAILABLE);
    ASSERT_EQ(broker().Wait(), -SIGKILL);
    BrokerOptions plain = broker().options();
    plain.program.clear();
    plain.more_arguments.clear();
    broker().Configure(plain);
    ASSERT_TRUE(broker().Start()) << broker().Log();
  }

  void ExpectNextTokenWorks() {
    const auto reply = GetToken(kAnn);
    ASSERT_TRUE(reply.ok()) << reply.outcome;
    EXPECT_EQ(sandbox().CallApi(reply.value.authorization()), 200);
    EXPECT_EQ(Grant(grant_.id()).state(), v1::Grant::ACTIVE);
    // And the one after that.
    EXPECT_TRUE(Refresh(reply.value, kAnn).ok());
  }

  v1::Grant grant_;
};

TEST_F(Crash, BeforeAnythingIsNotedLosesNothing) {
  KillRefreshAt("before-begin", Rotates::kWithoutGrace);
  EXPECT_EQ(sandbox().Calls("token.refresh"), 0);
  ExpectNextTokenWorks();
}

TEST_F(Crash, BetweenNoteAndSendingLosesNothing) {
  KillRefreshAt("after-begin", Rotates::kWithoutGrace);
  EXPECT_EQ(sandbox().Calls("token.refresh"), 0);
  ExpectNextTokenWorks();
}

TEST_F(Crash, BetweenAnswerAndCommitIsMendedByItselfWithinTheGrace) {
  KillRefreshAt("before-commit", Rotates::kWithGrace);
  EXPECT_TRUE(Eventually([&] { return Grant(grant_.id()).generation() == 2; }));
  EXPECT_EQ(sandbox().Calls("token.refresh"), 2);
  ExpectNextTokenWorks();
}

TEST_F(Crash, BetweenAnswerAndCommitLosesNothingWhereNothingRotates) {
  KillRefreshAt("before-commit", Rotates::kNever);
  EXPECT_EQ(sandbox().Calls("token.refresh"), 1);
  ExpectNextTokenWorks();
}

TEST_F(Crash, BetweenAnswerAndCommitWithoutGraceNeedsConsentAndSaysWhy) {
  KillRefreshAt("before-commit", Rotates::kWithoutGrace);
  for (int i = 0; i < 3; ++i) {
    const auto refused = GetToken(kAnn);
    EXPECT_EQ(refused.outcome.code, grpc::StatusCode::FAILED_PRECONDITION);
    EXPECT_EQ(refused.outcome.reason, "CONSENT_REQUIRED");
    EXPECT_EQ(refused.outcome.metadata.at("why"), "OUTCOME_LOST");
  }
  const v1::Grant dead = Grant(grant_.id());
  EXPECT_EQ(dead.state(), v1::Grant::CONSENT_REQUIRED);
  EXPECT_EQ(dead.dead_reason(), v1::Grant::OUTCOME_LOST);
  // The one that was lost, and the one that found out.
  EXPECT_EQ(sandbox().Calls("token.refresh"), 2);
  Consent(kAnn);
  EXPECT_TRUE(GetToken(kAnn).ok());
}

TEST_F(Crash, RightAfterTheCommitLosesNothing) {
  KillRefreshAt("after-commit", Rotates::kWithoutGrace);
  const auto reply = GetToken(kAnn);
  ASSERT_TRUE(reply.ok()) << reply.outcome;
  EXPECT_EQ(reply.value.generation(), 2);
  // What nobody was told is served: the provider is not asked again.
  EXPECT_EQ(sandbox().Calls("token.refresh"), 1);
  ExpectNextTokenWorks();
}

TEST_F(Crash, RightAfterTheCommitWithGraceLosesNothing) {
  KillRefreshAt("after-commit", Rotates::kWithGrace);
  ExpectNextTokenWorks();
}

constexpr int kCrashes = 20;
constexpr int kUsers = 8;

class CrashUnderLoad : public Journey {
 protected:
  static std::string User(int i) { return absl::StrCat("user-", i); }

  // Refreshes each user's token again and again until told to stop.
  void Load(const std::atomic<bool>& stop) {
    std::vector<v1::RefreshRequest> requests;
    for (int i = 0; i < kUsers; ++i) {
      const auto token = GetToken(User(i));
      if (token.ok()) requests.push_back(RefreshOf(token.value, User(i)));
    }
    while (!stop) {
      const auto replies = api().Refreshes(requests);
      for (std::size_t i = 0; i < replies.size(); ++i) {
        if (!replies[i].ok()) continue;
        requests[i].set_failed_generation(replies[i].value.generation());
        ++refreshed_;
      }
    }
  }

  std::atomic<int> refreshed_ = 0;
};

TEST_F(CrashUnderLoad, TwentyTimesLosesNoGrant) {
  BrokerOptions options;
  options.provider_keys = DescriptorOf(Rotates::kWithGrace);
  StartStack(ProviderThat(Rotates::kWithGrace), options);
  for (int i = 0; i < kUsers; ++i) Consent(User(i));
  std::mt19937 random(20);
  std::uniform_int_distribution<int> refreshes(1, 60);
  for (int crash = 0; crash < kCrashes; ++crash) {
    std::atomic<bool> stop = false;
    const int enough = refreshed_ + refreshes(random);
    std::thread load([&] { Load(stop); });
    EXPECT_TRUE(Eventually([&] { return refreshed_ >= enough; }));
    broker().Kill9();
    stop = true;
    load.join();
    ASSERT_TRUE(broker().Start()) << broker().Log();
    for (int i = 0; i < kUsers; ++i) {
      const auto reply = GetToken(User(i));
      ASSERT_TRUE(reply.ok()) << crash << ": " << reply.outcome;
    }
  }
  for (int i = 0; i < kUsers; ++i) {
    const auto renewed = Refresh(GetToken(User(i)).value, User(i));
    ASSERT_TRUE(renewed.ok()) << renewed.outcome;
    EXPECT_EQ(sandbox().CallApi(renewed.value.authorization()), 200);
    const auto grants = GrantsOf(User(i));
    ASSERT_EQ(grants.size(), 1U);
    EXPECT_EQ(grants.front().state(), v1::Grant::ACTIVE);
  }
}

}  // namespace
}  // namespace bursar::journey
