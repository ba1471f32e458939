#include "server/identity/issuer_keys.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/fakes/manual_clock.h"
#include "tests/fakes/manual_executor.h"
#include "tests/fakes/signing_key.h"
#include "tests/unit/identity/scripted_endpoint.h"

namespace bursar {
namespace {

class IssuerKeysTest : public ::testing::Test {
 protected:
  static std::string SetWith(const std::string& id) {
    static const auto& key = *new SigningKey(SigningKey::Ec("P-256"));
    return KeySetOf({key.Jwk(id)});
  }

  bool Has(const std::string& id) const {
    return keys.Current(clock.Now())->Has(id);
  }

  void Pass(absl::Duration duration) {
    clock.Advance(duration);
    executor.Advance(duration);
  }

  ManualClock clock;
  ManualExecutor executor;
  ScriptedEndpoint endpoint;
  IssuerKeys keys{"prod", endpoint, executor, clock};
};

TEST_F(IssuerKeysTest, AreReadAtTheStart) {
  keys.Start();
  EXPECT_FALSE(Has("a"));
  endpoint.Answer(SetWith("a"));
  EXPECT_TRUE(Has("a"));
}

TEST_F(IssuerKeysTest, AreReadAgainWithoutBeingAsked) {
  keys.Start();
  endpoint.Answer(SetWith("a"));
  Pass(IssuerKeys::kPeriod);
  EXPECT_EQ(endpoint.asked(), 2u);
  endpoint.Answer(SetWith("b"));
  EXPECT_TRUE(Has("b"));
  EXPECT_FALSE(Has("a"));
  Pass(IssuerKeys::kPeriod);
  EXPECT_EQ(endpoint.asked(), 3u);
}

TEST_F(IssuerKeysTest, AreReadAgainSoonerAfterAFailure) {
  keys.Start();
  endpoint.Answer(absl::UnavailableError("down"));
  Pass(IssuerKeys::kAfterFailure);
  EXPECT_EQ(endpoint.asked(), 2u);
}

TEST_F(IssuerKeysTest, WhoAsksForNewOnesIsToldWhenTheyAreThere) {
  keys.Start();
  endpoint.Answer(SetWith("a"));
  Pass(IssuerKeys::kBetween);
  int told = 0;
  keys.Refresh(clock.Now(), [&] { ++told; });
  keys.Refresh(clock.Now(), [&] { ++told; });
  EXPECT_EQ(told, 0);
  EXPECT_EQ(endpoint.asked(), 2u);
  endpoint.Answer(SetWith("b"));
  EXPECT_EQ(told, 2);
  EXPECT_TRUE(Has("b"));
}

TEST_F(IssuerKeysTest, TheIssuerIsNotAskedEachTime) {
  keys.Start();
  endpoint.Answer(SetWith("a"));
  bool told = false;
  keys.Refresh(clock.Now(), [&] { told = true; });
  EXPECT_TRUE(told);
  EXPECT_EQ(endpoint.asked(), 1u);
  clock.Advance(IssuerKeys::kBetween);
  keys.Refresh(clock.Now(), [] {});
  EXPECT_EQ(endpoint.asked(), 2u);
}

TEST_F(IssuerKeysTest, BeingAskedForThemMakesNoSecondRound) {
  keys.Start();
  endpoint.Answer(SetWith("a"));
  Pass(absl::Minutes(1));
  keys.Refresh(clock.Now(), [] {});
  endpoint.Answer(SetWith("a"));
  Pass(IssuerKeys::kPeriod);
  endpoint.Answer(SetWith("a"));
  EXPECT_EQ(endpoint.asked(), 3u);
}

TEST_F(IssuerKeysTest, TheLastOnesServeWhileTheEndpointIsDown) {
  keys.Start();
  endpoint.Answer(SetWith("a"));
  Pass(IssuerKeys::kPeriod);
  endpoint.Answer(absl::UnavailableError("down"));
  EXPECT_TRUE(Has("a"));
  Pass(absl::Seconds(30));
  endpoint.Answer("no key set");
  EXPECT_TRUE(Has("a"));
}

TEST_F(IssuerKeysTest, NotForEver) {
  keys.Start();
  endpoint.Answer(SetWith("a"));
  clock.Advance(IssuerKeys::kLongest);
  EXPECT_TRUE(Has("a"));
  clock.Advance(absl::Seconds(1));
  EXPECT_FALSE(Has("a"));
}

}  // namespace
}  // namespace bursar
