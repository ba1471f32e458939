// A cluster changes its keys, or cannot be asked for them, while the broker
// runs.

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/journey/accounts/accounts.h"
#include "tests/journey/harness/cluster.h"

namespace bursar::journey {
namespace {

// What docs/operations.md promises.
constexpr absl::Duration kBetweenReadings = absl::Seconds(10);
constexpr absl::Duration kLongestVerdict = absl::Minutes(1);
constexpr absl::Duration kServeWithoutTheCluster = absl::Hours(24);

class ClusterKeys : public Accounts {
 protected:
  void SetUp() override {
    cluster_.Publish(KeySetOf({old_key_.Jwk("old")}));
    StartBroker(absl::StrCat("ca_file: ", authority().certificate(),
                             ", jwks_url: \"", cluster_.KeySetUrl(), "\""));
    ASSERT_TRUE(Takes(old_token_));
    ASSERT_EQ(cluster_.requests(), 1);
  }

  bool Takes(const std::string& token) const {
    const Outcome outcome = CallBearing(token);
    if (!outcome.ok()) {
      EXPECT_EQ(outcome.reason, "CREDENTIALS_INVALID") << outcome;
    }
    return outcome.ok();
  }

  // Has tokens judged whose key nobody has.
  void ShowTokensOfMadeUpKeys(int count) {
    for (int i = 0; i < count; ++i) {
      ASSERT_FALSE(
          Takes(TokenBy(new_key_, absl::StrCat("made-up-", ++made_up_))));
    }
  }

  const absl::Time begun_ = absl::Now();
  const SigningKey old_key_ = SigningKey::Ec("P-256");
  const SigningKey new_key_ = SigningKey::Ec("P-256");
  const std::string old_token_ = TokenBy(old_key_, "old");
  const std::string new_token_ = TokenBy(new_key_, "new");
  Cluster cluster_{authority().Issue("cluster", "DNS:localhost")};
  int made_up_ = 0;
};

TEST_F(ClusterKeys, ATokenByANewKeyIsTakenAfterOneReading) {
  cluster_.Publish(KeySetOf({old_key_.Jwk("old"), new_key_.Jwk("new")}));
  broker().MoveClock(kBetweenReadings);
  EXPECT_TRUE(Takes(new_token_));
  EXPECT_TRUE(Takes(TokenBy(new_key_, "new")));
  EXPECT_TRUE(Takes(old_token_));
  EXPECT_EQ(cluster_.requests(), 2);
}

TEST_F(ClusterKeys, ATokenByAKeyThatWasTakenBackIsRefused) {
  cluster_.Publish(KeySetOf({new_key_.Jwk("new")}));
  broker().MoveClock(kLongestVerdict);
  EXPECT_TRUE(Takes(new_token_));
  EXPECT_FALSE(Takes(old_token_));
}

TEST_F(ClusterKeys, AnotherKeyUnderTheSameIdTakesThePlaceOfTheFirst) {
  cluster_.Publish(KeySetOf({new_key_.Jwk("old"), new_key_.Jwk("new")}));
  broker().MoveClock(kLongestVerdict);
  EXPECT_TRUE(Takes(new_token_));
  EXPECT_FALSE(Takes(old_token_));
}

TEST_F(ClusterKeys, WhoMakesKeysUpDoesNotHaveTheClusterAskedEachTime) {
  ShowTokensOfMadeUpKeys(30);
  EXPECT_LE(cluster_.requests(), 1 + (absl::Now() - begun_) / kBetweenReadings);
  broker().MoveClock(kBetweenReadings);
  ShowTokensOfMadeUpKeys(30);
  EXPECT_LE(cluster_.requests(), 2 + (absl::Now() - begun_) / kBetweenReadings);
  EXPECT_TRUE(Takes(old_token_));
}

TEST_F(ClusterKeys, TheLastOnesServeADayWithoutTheClusterAndNoLonger) {
  cluster_.SetDown(true);
  broker().MoveClock(kServeWithoutTheCluster - absl::Hours(1));
  EXPECT_TRUE(Takes(old_token_));
  EXPECT_FALSE(Takes(new_token_));
  EXPECT_EQ(cluster_.requests(), 2);
  broker().MoveClock(absl::Hours(1) + absl::Minutes(1));
  EXPECT_FALSE(Takes(old_token_));
  cluster_.SetDown(false);
  broker().MoveClock(kBetweenReadings);
  EXPECT_TRUE(Takes(old_token_));
}

}  // namespace
}  // namespace bursar::journey
